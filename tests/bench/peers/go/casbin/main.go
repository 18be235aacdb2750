// peer-casbin DIR whole|sharded: decides DIR/requests.jsonl by DIR/casbin; each request's facts are a struct made beforehand.
//
//	whole     one enforcer
//	sharded   an enforcer for each group of partners, with the lines that can match one of them, as the documentation advises
//	          for large sets; finding a request's enforcer is part of the time
package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
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

func rows(path string) [][]string {
	file := measure.Must(os.Open(path))
	defer file.Close()
	return measure.Must(csv.NewReader(file).ReadAll())
}

// Enforcers by the partner just below a root that the partners of a group are at or below.
func sharded(directory string) map[string]*casbin.Enforcer {
	above := map[string]string{}
	for _, row := range rows(directory + "/partners.csv") {
		above[row[0]] = row[1]
	}
	lines := map[string][][]string{} // by partner
	for _, row := range rows(directory + "/policy.csv") {
		lines[row[3]] = append(lines[row[3]], row[1:])
	}
	members := map[string][]string{}
	for name := range above {
		group := name
		for above[group] != "any" && above[above[group]] != "any" {
			group = above[group]
		}
		if above[group] != "any" {
			members[group] = append(members[group], name)
		}
	}
	enforcers := map[string]*casbin.Enforcer{}
	for group, names := range members {
		enforcer := measure.Must(casbin.NewEnforcer(directory + "/model.conf"))
		for _, name := range append(names, above[group], "any") {
			if len(lines[name]) != 0 && !measure.Must(enforcer.AddPolicies(lines[name])) {
				measure.Die(fmt.Sprintf("lines for %s were refused", name))
			}
		}
		enforcers[group] = enforcer
	}
	return enforcers
}

func main() {
	directory, way := os.Args[1], os.Args[2]
	requests := measure.Requests(directory)
	asked := make([][]any, len(requests))
	groups := make([]string, len(requests))
	for i, request := range requests {
		var facts Facts
		if err := json.Unmarshal(measure.Must(json.Marshal(request)), &facts); err != nil {
			measure.Die(err)
		}
		above := request["above"].(map[string]any)
		partners := above["partner"].([]any) // up to a root
		groups[i] = partners[len(partners)-2].(string)
		for _, dimension := range []string{"data", "purpose", "partner"} {
			asked[i] = append(asked[i], append(above[dimension].([]any), "any"))
		}
		asked[i] = append(asked[i], facts)
	}

	before, start := measure.Held(), time.Now()
	how := "one enforcer"
	find := func(int) *casbin.Enforcer { return nil }
	if way == "whole" {
		enforcer := measure.Must(casbin.NewEnforcer(directory+"/casbin/model.conf", directory+"/casbin/policy.csv"))
		find = func(int) *casbin.Enforcer { return enforcer }
	} else {
		how = "an enforcer for each group of partners"
		enforcers := sharded(directory + "/casbin")
		find = func(i int) *casbin.Enforcer { return enforcers[groups[i]] }
	}
	loaded := time.Since(start)
	peer := measure.Peer{Peer: "Casbin", Version: measure.Version("github.com/casbin/casbin/v3"), How: how,
		LoadMs: float64(loaded.Microseconds()) / 1e3, MemoryMiB: measure.Held() - before}
	measure.Run(peer, len(asked), func(i int) bool { return measure.Must(find(i).Enforce(asked[i]...)) })
}
