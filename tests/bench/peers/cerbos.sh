# Cerbos, the server from its npm package asked by a Go program; see run.
build_cerbos() {
  mkdir -p "$out/cerbos-server"
  cp "$here"/cerbos/package*.json "$out/cerbos-server"
  (cd "$out/cerbos-server" && npm ci --no-audit --no-fund) &&
    (cd "$here/go" && go build -mod=readonly -o "$out/cerbos" ./cerbos)
}
run_cerbos() {
  one Cerbos "server, gRPC on a local socket" \
    "$out/cerbos" "$directory" "$out/cerbos-server/node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64"
}
