// Package measure times decisions one by one, and prints the line of JSON that all programs of the peers print.
package measure

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// Peer is who decided and how it was set up.
type Peer struct {
	Peer      string  `json:"peer"`
	Version   string  `json:"version"`
	How       string  `json:"how"`
	LoadMs    float64 `json:"load_ms"`
	MemoryMiB float64 `json:"memory_mib"`
}

type line struct {
	Peer
	MeanNs    float64 `json:"mean_ns"`
	P50Ns     int64   `json:"p50_ns"`
	P99Ns     int64   `json:"p99_ns"`
	Samples   int     `json:"samples"`
	Asked     int     `json:"asked,omitempty"` // requests, if not all
	Decisions string  `json:"decisions"`
}

// Die ends the program with the reason.
func Die(reason any) {
	fmt.Fprintln(os.Stderr, reason)
	os.Exit(2)
}

// Must unwraps a result.
func Must[T any](value T, err error) T {
	if err != nil {
		Die(err)
	}
	return value
}

// Requests are the lines of DIR/requests.jsonl.
func Requests(directory string) []map[string]any {
	file := Must(os.Open(directory + "/requests.jsonl"))
	defer file.Close()
	var requests []map[string]any
	decoder := json.NewDecoder(bufio.NewReader(file))
	for decoder.More() {
		var request map[string]any
		if err := decoder.Decode(&request); err != nil {
			Die(err)
		}
		requests = append(requests, request)
	}
	return requests
}

// Held is the memory in use after a collection, in MiB.
func Held() float64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc) / (1 << 20)
}

// Version of a module that the program was built with.
func Version(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == path {
				return strings.TrimPrefix(module.Version, "v")
			}
		}
	}
	return "?"
}

// Run asks all requests again and again: first to warm up, then with each decision measured, all requests at least once.
// Where that takes too long, only the first of them are asked.
func Run(peer Peer, count int, decide func(i int) bool) {
	const warmUp, enough, tooLong, least = 3 * time.Second, 5 * time.Second, time.Minute, 20
	for i, start := 0, time.Now(); time.Since(start) < warmUp; i = (i + 1) % count {
		decide(i)
	}
	var times []int64
	decisions := make([]byte, 0, count)
	asked := 0
	for start := time.Now(); len(times) == 0 || time.Since(start) < enough; {
		for i := range count {
			if len(times) == i && i >= least && time.Since(start) > tooLong {
				asked = i
				break
			}
			before := time.Now()
			allowed := decide(i)
			times = append(times, time.Since(before).Nanoseconds())
			if len(decisions) < count {
				decisions = append(decisions, map[bool]byte{false: '0', true: '1'}[allowed])
			}
		}
	}
	slices.Sort(times)
	sum := 0.0
	for _, each := range times {
		sum += float64(each)
	}
	at := func(share float64) int64 { return times[int(float64(len(times)-1)*share)] }
	out := line{peer, sum / float64(len(times)), at(0.50), at(0.99), len(times), asked, string(decisions)}
	fmt.Println(string(Must(json.Marshal(out))))
}
