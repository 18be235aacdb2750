// peer-cerbos DIR PROGRAM: starts the server PROGRAM with DIR/cerbos on sockets in DIR and decides DIR/requests.jsonl by it
// over gRPC, one connection kept open; each request is made and encoded beforehand, by what the server says of its protocol.
// Load is from the start of the server to its first decision, memory all of the server's.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/reflection/grpc_reflection_v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"

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

const service = "cerbos.svc.v1.CerbosService"

// The request as JSON.
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

// Sends what is encoded already, and leaves answers encoded.
type encoded struct{}

func (encoded) Name() string                        { return "proto" }
func (encoded) Marshal(value any) ([]byte, error)   { return value.([]byte), nil }
func (encoded) Unmarshal(data []byte, to any) error { *to.(*[]byte) = slices.Clone(data); return nil }

// Method of the service, as the server describes it.
func method(ctx context.Context, connection *grpc.ClientConn, name protoreflect.Name) protoreflect.MethodDescriptor {
	stream := measure.Must(grpc_reflection_v1.NewServerReflectionClient(connection).
		ServerReflectionInfo(ctx, grpc.WaitForReady(true)))
	if err := stream.Send(&grpc_reflection_v1.ServerReflectionRequest{
		MessageRequest: &grpc_reflection_v1.ServerReflectionRequest_FileContainingSymbol{FileContainingSymbol: service},
	}); err != nil {
		measure.Die(err)
	}
	set := &descriptorpb.FileDescriptorSet{}
	for _, text := range measure.Must(stream.Recv()).GetFileDescriptorResponse().GetFileDescriptorProto() {
		file := &descriptorpb.FileDescriptorProto{}
		if err := proto.Unmarshal(text, file); err != nil {
			measure.Die(err)
		}
		set.File = append(set.File, file)
	}
	files := measure.Must(protodesc.NewFiles(set))
	return measure.Must(files.FindDescriptorByName(service)).(protoreflect.ServiceDescriptor).Methods().ByName(name)
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
	ctx := context.Background()
	connection := measure.Must(grpc.NewClient("unix:"+directory+"/grpc.sock",
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: backoff.Config{
			BaseDelay: 10 * time.Millisecond, Multiplier: 1, MaxDelay: 10 * time.Millisecond}})))
	check := method(ctx, connection, "CheckResources")
	ready := time.Since(start)

	var requests [][]byte
	for _, request := range measure.Requests(os.Args[1]) {
		message := dynamicpb.NewMessage(check.Input())
		if err := protojson.Unmarshal(body(request), message); err != nil {
			measure.Die(err)
		}
		requests = append(requests, measure.Must(proto.Marshal(message)))
	}
	call := "/" + service + "/" + string(check.Name())
	results := check.Output().Fields().ByName("results")
	actions := results.Message().Fields().ByName("actions")
	allow := actions.MapValue().Enum().Values().ByName("EFFECT_ALLOW").Number()
	deny := actions.MapValue().Enum().Values().ByName("EFFECT_DENY").Number()
	decide := func(i int) bool {
		var answer []byte
		if err := connection.Invoke(ctx, call, requests[i], &answer, grpc.ForceCodec(encoded{})); err != nil {
			measure.Die(err)
		}
		message := dynamicpb.NewMessage(check.Output())
		if err := proto.Unmarshal(answer, message); err != nil {
			measure.Die(err)
		}
		allowed, denied := false, false
		message.Get(results).List().Get(0).Message().Get(actions).Map().Range(
			func(_ protoreflect.MapKey, effect protoreflect.Value) bool {
				allowed, denied = effect.Enum() == allow, effect.Enum() == deny
				return true
			})
		if allowed == denied {
			measure.Die(fmt.Sprintf("no effect for request %d: %v", i, message))
		}
		return allowed
	}
	start = time.Now()
	decide(0) // the first one may still have something to compile
	loaded := ready + time.Since(start)
	peer := measure.Peer{Peer: "Cerbos", Version: version, How: "server, gRPC on a local socket",
		LoadMs: float64(loaded.Microseconds()) / 1e3, MemoryMiB: resident(server.Process.Pid)}
	measure.Run(peer, len(requests), decide)
	server.Process.Kill()
	server.Wait()
}
