// peer-cerbos DIR PROGRAM: starts the server PROGRAM with DIR/cerbos on sockets in DIR and decides DIR/requests.jsonl by it,
// one connection kept open; each request's body is made beforehand. Load is from the start of the server to its readiness,
// memory all of the server's.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"zweck/peers/measure"
)

const config = `server:
  httpListenAddr: "unix:%[1]s/http.sock"
  grpcListenAddr: "unix:%[1]s/grpc.sock"
  metricsEnabled: false
  cors: {disabled: true}
audit: {enabled: false}
telemetry: {disabled: true}
storage:
  driver: disk
  disk: {directory: "%[1]s/policies", watchForChanges: false}
`

func body(request map[string]any) []byte {
	above := request["above"].(map[string]any)
	path := []string{} // from the root
	for _, name := range above["purpose"].([]any) {
		path = append(path, name.(string))
	}
	slices.Reverse(path)
	resource := map[string]any{"sensitivity": request["sensitivity"], "special": request["special"], "above": above["data"]}
	principal := map[string]any{"above": above["partner"], "purposes": above["purpose"]}
	for _, key := range []string{"age", "channel", "gpc", "idle", "joined", "language", "logged_in", "region", "score",
		"segments", "tier", "visited", "country", "consents", "objection", "notices", "now"} {
		principal[key] = request[key]
	}
	return measure.Must(json.Marshal(map[string]any{
		"principal": map[string]any{"id": request["partner"], "roles": []string{"partner"}, "attr": principal},
		"resources": []any{map[string]any{
			"actions":  []string{strings.Join(path, ":")},
			"resource": map[string]any{"kind": "data", "id": request["data"], "attr": resource},
		}},
	}))
}

// Resident memory of a process, in MiB.
func resident(process int) float64 {
	status := string(measure.Must(os.ReadFile(fmt.Sprintf("/proc/%d/status", process))))
	var kilobytes float64
	_, after, _ := strings.Cut(status, "VmRSS:")
	fmt.Sscan(after, &kilobytes)
	return kilobytes / 1024
}

func main() {
	directory, program := measure.Must(filepath.Abs(os.Args[1]+"/cerbos")), os.Args[2]
	var bodies [][]byte
	for _, request := range measure.Requests(os.Args[1]) {
		bodies = append(bodies, body(request))
	}
	if err := os.WriteFile(directory+"/config.yaml", []byte(fmt.Sprintf(config, directory)), 0o644); err != nil {
		measure.Die(err)
	}
	version, _, _ := strings.Cut(strings.TrimSpace(string(measure.Must(exec.Command(program, "--version").Output()))), "\n")

	runtime.LockOSThread() // whose end would be taken for the program's, by the setting below
	start := time.Now()
	server := exec.Command(program, "server", "--log-level=error", "--config="+directory+"/config.yaml")
	server.Stderr = os.Stderr
	server.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // it must not outlive this
	if err := server.Start(); err != nil {
		measure.Die(err)
	}
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", directory+"/http.sock")
	}}}
	for {
		answer, err := client.Get("http://cerbos/_cerbos/health")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				break
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	decide := func(i int) bool {
		answer := measure.Must(client.Post("http://cerbos/api/check/resources", "application/json", bytes.NewReader(bodies[i])))
		text := measure.Must(io.ReadAll(answer.Body))
		answer.Body.Close()
		allowed := bytes.Contains(text, []byte("EFFECT_ALLOW"))
		if answer.StatusCode != http.StatusOK || allowed == bytes.Contains(text, []byte("EFFECT_DENY")) {
			measure.Die(string(text))
		}
		return allowed
	}
	decide(0) // the first one may still have something to compile
	loaded := time.Since(start)
	peer := measure.Peer{Peer: "Cerbos", Version: version, How: "server, HTTP on a local socket",
		LoadMs: float64(loaded.Microseconds()) / 1e3, MemoryMiB: resident(server.Process.Pid)}
	measure.Run(peer, len(bodies), decide)
	server.Process.Kill()
	server.Wait()
}
