// An array that was built here, or that lies in a mapped bundle.
#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <utility>
#include <vector>

namespace zweck {

// Storage that begins on a cache line.
template <class T>
struct CacheAligned {
  using value_type = T;
  CacheAligned() = default;
  template <class U>
  CacheAligned(const CacheAligned<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t{64})); }
  void deallocate(T* p, std::size_t) { ::operator delete(p, std::align_val_t{64}); }
  friend bool operator==(const CacheAligned&, const CacheAligned&) = default;
};

// Elements are plain data without pointers. Building appends to `own`; a view never changes. Reading is the same for both.
template <class T>
class Array {
 public:
  using Own = std::vector<T, CacheAligned<T>>;

  Array() = default;
  Array(Own own) : own_(std::move(own)) { adopt(); }
  static Array view(const T* data, std::size_t size) {
    Array array;
    array.data_ = data;
    array.size_ = size;
    return array;
  }
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;
  Array(Array&& other) noexcept { *this = std::move(other); }
  Array& operator=(Array&& other) noexcept {
    const bool owned = other.data_ == other.own_.data();
    data_ = other.data_;
    size_ = other.size_;
    own_ = std::move(other.own_);
    if (owned) adopt();
    return *this;
  }

  const T& operator[](std::size_t i) const { return data_[i]; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  std::span<const T> slice(std::size_t from, std::size_t to) const { return {data_ + from, data_ + to}; }

 private:
  void adopt() {
    data_ = own_.data();
    size_ = own_.size();
  }
  const T* data_ = nullptr;
  std::size_t size_ = 0;
  Own own_;
};

}  // namespace zweck
