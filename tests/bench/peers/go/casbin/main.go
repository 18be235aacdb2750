// peer-casbin DIR: decides DIR/requests.jsonl by DIR/casbin; each request's facts are a struct made beforehand.
package main

import (
	"encoding/json"
	"os"
	"time"

	"github.com/casbin/casbin/v3"

	"zweck/peers/measure"
)

// Facts as the expressions of the policy find them; numbers are all floats there.
type Facts struct {
	Age, Idle, Joined, Score, Sensitivity, Now            float64
	Gpc, Objection, Special                               bool
	Logged_in                                             bool
	Channel, Language, Tier                               string
	Region, Segments, Visited, Country, Consents, Notices []any
}

func main() {
	directory := os.Args[1]
	requests := measure.Requests(directory)
	facts := make([]Facts, len(requests))
	asked := make([][]any, len(requests))
	for i, request := range requests {
		if err := json.Unmarshal(measure.Must(json.Marshal(request)), &facts[i]); err != nil {
			measure.Die(err)
		}
		asked[i] = []any{request["data"], request["purpose"], request["partner"], facts[i]}
	}

	before, start := measure.Held(), time.Now()
	enforcer := measure.Must(casbin.NewEnforcer(directory+"/casbin/model.conf", directory+"/casbin/policy.csv"))
	loaded := time.Since(start)
	peer := measure.Peer{Peer: "Casbin", Version: measure.Version("github.com/casbin/casbin/v3"),
		How: "role managers, eval() of conditions", LoadMs: float64(loaded.Microseconds()) / 1e3, MemoryMiB: measure.Held() - before}
	measure.Run(peer, len(asked), func(i int) bool { return measure.Must(enforcer.Enforce(asked[i]...)) })
}
