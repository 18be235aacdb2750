# Casbin, a Go program; see run.
build_casbin() { (cd "$here/go" && go build -mod=readonly -o "$out/casbin" ./casbin); }
run_casbin() {
  for way in whole sharded; do one Casbin "$way" "$out/casbin" "$directory" "$way"; done
}
