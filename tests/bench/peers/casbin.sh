# Casbin, a Go program; see run.
build_casbin() { (cd "$here/go" && go build -mod=readonly -o "$out/casbin" ./casbin); }
run_casbin() { one Casbin "role managers, eval() of conditions" "$out/casbin" "$directory"; }
