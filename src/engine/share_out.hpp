// Work that several cores share.
#pragma once

#include <cstddef>
#include <functional>

namespace zweck {

// More of them would mostly wait, for memory or for each other.
constexpr std::size_t most_threads = 4;

// Runs task(0) up to task(tasks - 1), each once, in whichever order: in this thread, and in as many more as there are cores
// and the system gives, at most `threads` together. Throws what the first task threw that threw anything, once all
// have ended.
void share_out(std::size_t tasks, std::size_t threads, const std::function<void(std::size_t)>& task);

}  // namespace zweck
