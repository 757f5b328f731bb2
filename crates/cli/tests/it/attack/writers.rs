//! Who would record and may not, and what somebody who may can send.

use std::thread;

use serde_json::{Value, json};

use super::{Target, wire};
use crate::run::Register;

/// A register with somebody who may record as the treasurer, one whose key is for another
/// convention, one whose key has expired, and one whose key was revoked.
struct Writers {
    target: Target,
    treasurer: String,
    elsewhere: String,
    expired: String,
    revoked: String,
}

impl Writers {
    fn start() -> Self {
        let register = Register::ccm();
        let add = |name: &str, role: &str, more: &[&str]| {
            let mut args = vec!["key", "add", name, "--role", role];
            args.extend(more);
            register.json(&args)["key"].as_str().unwrap().to_owned()
        };
        let treasurer = add("treasurer", "treasurer", &[]);
        let elsewhere = add("elsewhere", "depositary", &["--convention", "example"]);
        let expired = add("expired", "depositary", &[]);
        let revoked = add("revoked", "depositary", &[]);
        assert_eq!(register.run(&["key", "revoke", "revoked"]).code, 0);
        // No key is made that has expired already.
        let file = register.data().join("writers.json");
        let mut keys: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        keys["keys"][2]["expires"] = "2020-01-01".into();
        std::fs::write(&file, keys.to_string()).unwrap();
        Self { target: Target::over(register, &[]), treasurer, elsewhere, expired, revoked }
    }

    /// Sends a mutation with this in `Authorization: Bearer`.
    fn send(&self, token: &str, variables: &str) -> wire::Reply {
        let query =
            "mutation ($input: RecordInput!) { record(input: $input) { receipt { facts } } }";
        let body = format!("{{\"query\":{},\"variables\":{variables}}}", json!(query));
        let authorization = format!("authorization: Bearer {token}");
        let headers = ["content-type: application/json", wire::NEW, &authorization];
        let request = wire::request("POST /graphql", &headers, body.as_bytes());
        wire::send(self.target.address(), &request)
    }

    fn version(&self) -> String {
        wire::get(self.target.address(), "{ convention(id: \"ccm\") { known { version } } }").body
    }
}

/// A State accedes.
fn accession() -> String {
    json!({ "input": { "convention": "ccm", "source": "C.N.1.2026", "facts": [
        { "place": { "entry": "TUR" }, "fact": { "acceded": { "state": "TUR", "on": "2026-03-05" } } },
    ] } })
    .to_string()
}

#[test]
fn nobody_records_who_may_not() {
    let writers = Writers::start();
    let before = writers.version();
    writers.target.under(|| {
        for (token, status, code, says) in [
            (&writers.treasurer, 403, "FORBIDDEN", "is treasurer, and may not record this"),
            (&writers.elsewhere, 403, "FORBIDDEN", "may record for `example` alone"),
            (&writers.expired, 401, "UNAUTHENTICATED", "expired on 2020-01-01"),
            (&writers.revoked, 401, "UNAUTHENTICATED", "was revoked at"),
        ] {
            let reply = writers.send(token, &accession());
            assert_eq!((reply.status, reply.code().as_str()), (status, code), "{}", reply.body);
            assert!(reply.body.contains(says), "{}", reply.body);
        }
        // Many that guess: keys, tokens, and what is neither. None is let in, and few are heard.
        let guess = |number: usize| match number % 4 {
            0 => format!("chancery_{number:064x}"),
            1 => format!("eyJhbGciOiJub25lIn0.eyJzdWIiOiIx{number}In0."),
            2 => "a".repeat(8 << 10),
            _ => format!("{}.{}.{}", "a".repeat(1000), number, "[".repeat(1000)),
        };
        thread::scope(|scope| {
            let writers = &writers;
            let guesses: Vec<_> = (0..40)
                .map(|number| scope.spawn(move || writers.send(&guess(number), &accession())))
                .collect();
            for reply in guesses.into_iter().map(|it| it.join().unwrap()) {
                let (status, code) = (reply.status, reply.code());
                let refused = [(401, "UNAUTHENTICATED"), (429, "TOO_MANY_REQUESTS")];
                assert!(refused.contains(&(status, code.as_str())), "{status} {}", reply.body);
            }
        });
    });
    assert_eq!(writers.version(), before, "nothing was recorded");
}

#[test]
fn who_may_record_cannot_ask_too_much_either() {
    let writers = Writers::start();
    let before = writers.version();
    let input = |facts: &str| {
        format!("{{\"input\":{{\"convention\":\"ccm\",\"source\":\"x\",\"facts\":{facts}}}}}")
    };
    let many = |fact: &str, times: usize| input(&format!("[{}]", vec![fact; times].join(",")));
    let nested = |open: &str, close: &str, times: usize| {
        input(&format!("{}1{}", open.repeat(times), close.repeat(times)))
    };
    let unknown = "{\"place\":{\"para\":\"1\"},\"fact\":{\"x\":{}}}";
    let long = json!([{ "place": { "para": "1".repeat(900_000) } }]).to_string();
    writers.target.under(|| {
        for (name, variables, code) in [
            ("brackets", nested("[", "]", 400_000), "BAD_REQUEST"),
            ("braces", nested("{\"fact\":", "}", 100_000), "BAD_REQUEST"),
            ("very many facts", many("{}", 330_000), "QUERY_TOO_LARGE"),
            ("very many numbers", many("7", 500_000), "QUERY_TOO_LARGE"),
            ("very many unknown facts", many(unknown, 20_000), "QUERY_TOO_LARGE"),
            // Time grows with them, and not with their square.
            ("many facts", many("{}", 4_000), "BAD_USER_INPUT"),
            ("many unknown facts", many(unknown, 1_000), "BAD_USER_INPUT"),
            ("a long text", input(&long), "BAD_USER_INPUT"),
        ] {
            let reply = writers.send(&writers.treasurer, &variables);
            let said = (reply.status, reply.code());
            assert_eq!(said, (400, code.to_owned()), "{name}: {:.300}", reply.body);
            assert!(reply.body.len() < 1 << 20, "{name}: {} bytes", reply.body.len());
        }
        let reply = writers.send(&writers.treasurer, &input(&format!("[{}]", " ".repeat(2 << 20))));
        let refused = (reply.status, reply.code().as_str()) == (413, "PAYLOAD_TOO_LARGE");
        // A server that closes while it is written to may not get its word through.
        assert!(refused || reply.status == 0, "{} {:.300}", reply.status, reply.body);
    });
    assert_eq!(writers.version(), before, "nothing was recorded");
}
