# OPA, a Go program; see run.
build_opa() { (cd "$here/go" && go build -mod=readonly -o "$out/opa" ./opa); }
run_opa() {
  for way in indexed lookup; do one OPA "$way" "$out/opa" "$directory" "$way"; done
}
