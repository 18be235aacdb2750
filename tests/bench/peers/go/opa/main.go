// peer-opa DIR indexed|lookup: decides DIR/requests.jsonl by DIR/opa with a prepared query in process; each request's input
// is parsed beforehand, and the store keeps its data as the evaluator reads it.
package main

import (
	"context"
	"encoding/json"
	"os"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"zweck/peers/measure"
)

func main() {
	directory, way := os.Args[1], os.Args[2]
	var inputs []ast.Value
	for _, request := range measure.Requests(directory) {
		delete(request, "allowed")
		if way == "lookup" { // rules that name nothing in a dimension stand under `any`
			for key, above := range request["above"].(map[string]any) {
				request["above"].(map[string]any)[key] = append(above.([]any), "any")
			}
		}
		inputs = append(inputs, measure.Must(ast.InterfaceToValue(request)))
	}

	before, start := measure.Held(), time.Now()
	data := map[string]any{}
	how := "rules found by the rule index"
	if way == "lookup" {
		how = "scopes as data, conditions as rules"
		if err := json.Unmarshal(measure.Must(os.ReadFile(directory+"/opa/lookup.json")), &data); err != nil {
			measure.Die(err)
		}
	}
	ctx := context.Background()
	query := measure.Must(rego.New(
		rego.Query("data.zweck.allow"),
		rego.Module(way+".rego", string(measure.Must(os.ReadFile(directory+"/opa/"+way+".rego")))),
		rego.Store(inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true))),
	).PrepareForEval(ctx))
	loaded := time.Since(start)

	peer := measure.Peer{Peer: "OPA", Version: measure.Version("github.com/open-policy-agent/opa"), How: how,
		LoadMs: float64(loaded.Microseconds()) / 1e3, MemoryMiB: measure.Held() - before}
	measure.Run(peer, len(inputs), func(i int) bool {
		return measure.Must(query.Eval(ctx, rego.EvalParsedInput(inputs[i]))).Allowed()
	})
}
