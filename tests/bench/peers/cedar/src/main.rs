//! peer-cedar DIR WHOLE|SPLIT: decides DIR/requests.jsonl by DIR/cedar, each request built beforehand.
//!   whole   one policy set with a policy for each rule, as the library takes it
//!   split   policies with at most one principal and one resource, of which the host picks those whose scope can match,
//!           as the documentation advises for large sets; picking them is part of the time
mod measure;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, Policy, PolicySet, PrincipalConstraint, Request,
    ResourceConstraint,
};
use measure::{measure, resident, Loaded};
use serde_json::{json, Value};
use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;

type Index = HashMap<(Option<EntityUid>, Option<EntityUid>), Vec<Policy>>;

fn uid(kind: &str, name: &Value) -> Result<EntityUid, Box<dyn Error>> {
    Ok(EntityUid::from_json(json!({"type": kind, "id": name}))?)
}

fn request(line: &str) -> Result<Request, Box<dyn Error>> {
    let asked: Value = serde_json::from_str(line)?;
    let mut context = json!({"region": {"__entity": {"type": "Region", "id": asked["own_region"]}}});
    for key in [
        "age", "channel", "gpc", "idle", "joined", "language", "logged_in", "score", "segments", "tier", "visited",
        "consents", "objection", "notices", "now",
    ] {
        context[key] = asked[key].clone();
    }
    Ok(Request::new(
        uid("Partner", &asked["partner"])?,
        uid("Action", &asked["purpose"])?,
        uid("Data", &asked["data"])?,
        Context::from_json_value(context, None)?,
        None,
    )?)
}

fn index(policies: &PolicySet) -> Index {
    let mut index = Index::new();
    for policy in policies.policies() {
        let principal = match policy.principal_constraint() {
            PrincipalConstraint::In(uid) | PrincipalConstraint::Eq(uid) => Some(uid),
            _ => None,
        };
        let resource = match policy.resource_constraint() {
            ResourceConstraint::In(uid) | ResourceConstraint::Eq(uid) => Some(uid),
            _ => None,
        };
        index.entry((principal, resource)).or_default().push(policy.clone());
    }
    index
}

/// The entity, what it is in, and `None` for policies that name no such entity.
fn above<'a>(entities: &'a Entities, uid: &'a EntityUid) -> Vec<Option<EntityUid>> {
    let mut all = vec![None, Some(uid.clone())];
    all.extend(entities.ancestors(uid).into_iter().flatten().cloned().map(Some));
    all
}

fn pick(index: &Index, entities: &Entities, request: &Request) -> PolicySet {
    let resources = above(entities, request.resource().expect("a resource"));
    let mut picked = PolicySet::new();
    for principal in above(entities, request.principal().expect("a principal")) {
        for resource in &resources {
            for policy in index.get(&(principal.clone(), resource.clone())).into_iter().flatten() {
                picked.add(policy.clone()).expect("ids differ");
            }
        }
    }
    picked
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, directory, way] = arguments.as_slice() else { return Err("peer-cedar DIR whole|split".into()) };
    let lines = std::fs::read_to_string(format!("{directory}/requests.jsonl"))?;
    let requests = lines.lines().map(request).collect::<Result<Vec<_>, _>>()?;

    let (before, start) = (resident(), Instant::now());
    let policies: PolicySet = std::fs::read_to_string(format!("{directory}/cedar/{way}.cedar"))?.parse()?;
    let entities = Entities::from_json_str(&std::fs::read_to_string(format!("{directory}/cedar/entities.json"))?, None)?;
    let authorizer = Authorizer::new();
    let decide = |policies: &PolicySet, i: usize| {
        let response = authorizer.is_authorized(&requests[i], policies, &entities);
        assert!(response.diagnostics().errors().next().is_none(), "errors in request {i}");
        response.decision() == Decision::Allow
    };
    if way == "whole" {
        let loaded = Loaded { how: "one policy set", load: start.elapsed(), memory: resident() - before };
        measure(loaded, requests.len(), |i| decide(&policies, i));
    } else {
        let index = index(&policies);
        let loaded = Loaded { how: "policies picked by scope by the host", load: start.elapsed(), memory: resident() - before };
        measure(loaded, requests.len(), |i| decide(&pick(&index, &entities, &requests[i]), i));
    }
    Ok(())
}
