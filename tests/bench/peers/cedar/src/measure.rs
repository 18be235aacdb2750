//! Times of decisions, one by one; printed as the line of JSON that all of these programs print.
use std::time::{Duration, Instant};

pub struct Loaded {
    pub how: &'static str,
    pub load: Duration,
    pub memory: f64, // MiB
}

/// Resident memory of this process, in MiB.
pub fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("/proc/self/status");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("VmRSS");
    line.split_whitespace().nth(1).expect("a number").parse::<f64>().expect("a number") / 1024.0
}

/// Asks all requests again and again: first to warm up, then with each decision measured, all requests at least once.
/// Where that takes too long, only the first of them are asked.
pub fn measure(loaded: Loaded, count: usize, mut decide: impl FnMut(usize) -> bool) {
    let (warm_up, enough, too_long) = (Duration::from_secs(3), Duration::from_secs(5), Duration::from_secs(60));
    let least = 20;
    let start = Instant::now();
    for i in (0..count).cycle() {
        if start.elapsed() > warm_up {
            break;
        }
        std::hint::black_box(decide(i));
    }
    let mut times = Vec::new();
    let mut decisions = String::new();
    let start = Instant::now();
    for i in (0..count).cycle() {
        if i == 0 && !times.is_empty() && start.elapsed() > enough
            || times.len() == i && i >= least && start.elapsed() > too_long
        {
            break;
        }
        let before = Instant::now();
        let allowed = std::hint::black_box(decide(i));
        times.push(before.elapsed().as_nanos() as u64);
        if times.len() <= count {
            decisions.push(if allowed { '1' } else { '0' });
        }
    }
    times.sort_unstable();
    let mean = times.iter().sum::<u64>() as f64 / times.len() as f64;
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let mut line = serde_json::json!({
        "peer": "Cedar", "version": cedar_policy::get_sdk_version().to_string(), "how": loaded.how,
        "load_ms": loaded.load.as_secs_f64() * 1e3, "memory_mib": loaded.memory,
        "mean_ns": mean, "p50_ns": at(0.50), "p99_ns": at(0.99), "samples": times.len(), "decisions": decisions,
    });
    if times.len() < count {
        line["asked"] = times.len().into();
    }
    println!("{line}");
}
