# Cedar, a Rust program; see run.
build_cedar() { CARGO_TARGET_DIR=$out/cedar cargo build --release --locked --manifest-path "$here/cedar/Cargo.toml"; }
run_cedar() {
  for way in whole split; do one Cedar "$way" "$out/cedar/release/zweck-peer-cedar" "$directory" "$way"; done
}
