//! Recording over GraphQL, with the server killed in the middle.

use std::{
    io::Write as _,
    net::TcpStream,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::run::{Register, Server};

const ROUNDS: u32 = 8;
const FACTS: u32 = 20;

/// The server dies before, while and after it appends, and always before its answer is read.
#[test]
fn what_is_sent_again_after_a_kill_is_recorded_once() {
    let register = Register::ccm();
    let key = key(&register, "isu", "secretariat");
    let mut appended = 0;
    for round in 0..ROUNDS {
        let mut server = Server::serve(&register);
        let before = version(&server);
        let input = facts(round);
        let _unread = send(&server, &key, &input);
        if round % 2 == 0 {
            // Until it is in the log, as another client sees.
            let patience = Instant::now();
            while version(&server) == before {
                assert!(patience.elapsed() < Duration::from_secs(30), "it is never recorded");
            }
            appended += 1;
        } else {
            thread::sleep(Duration::from_micros(u64::from(round) * 900));
        }
        server.child.kill().unwrap();
        server.child.wait().unwrap();
        drop(server);

        let server = Server::serve(&register);
        let first = answer(&server, &key, &input);
        let receipt = &first["data"]["record"]["receipt"];
        assert_eq!(receipt["facts"], FACTS, "round {round}: {first}");
        assert_eq!(
            (&receipt["known"], &receipt["version"]),
            (&json!(0), &json!(before + u64::from(FACTS)))
        );
        assert!(receipt["firstPosition"].is_u64(), "{first}");
        assert_eq!(answer(&server, &key, &input), first, "and again");
        let mut other = input;
        other["facts"][0]["fact"]["decided"]["summary"] = "something else".into();
        let refused = answer(&server, &key, &other);
        assert_eq!(
            refused["errors"][0]["extensions"]["code"], "IDEMPOTENCY_KEY_REUSED",
            "{refused}"
        );
    }
    let history = register.history();
    for round in 0..ROUNDS {
        let of_round =
            |event: &&Value| event["event"]["source"]["symbol"] == format!("round-{round}");
        let events = history.as_array().unwrap().iter().filter(of_round);
        assert_eq!(events.count(), FACTS as usize, "round {round}");
    }
    assert_eq!(register.run(&["verify"]).code, 0);
    println!("{appended} of {ROUNDS} kills between append and answer");
}

#[test]
fn a_key_is_taken_back_while_the_register_is_served() {
    let register = Register::ccm();
    let key = key(&register, "isu", "secretariat");
    let mut command = register.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.stderr(Stdio::piped());
    let mut server = Server::start(command);
    assert_eq!(answer(&server, &key, &facts(1))["data"]["record"]["receipt"]["facts"], FACTS);
    let second = crate::writing::key(&register, "isu", "secretariat");
    assert_eq!(answer(&server, &second, &facts(2))["data"]["record"]["receipt"]["facts"], FACTS);
    let revoked = register.run(&["key", "revoke", "isu"]);
    assert_eq!(revoked.code, 0, "{}", revoked.err);
    for key in [&key, &second] {
        let refused = answer(&server, key, &facts(3));
        assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{refused}");
    }
    // Who was refused and why is in the log, and no secret.
    server.child.kill().unwrap();
    let mut log = String::new();
    std::io::Read::read_to_string(&mut server.child.stderr.take().unwrap(), &mut log).unwrap();
    assert!(log.contains("a key that does not count was shown"), "{log}");
    assert!(log.contains("client=127.0.0.1") && log.contains("was revoked"), "{log}");
    assert!(!log.contains(&key["chancery_".len()..]), "{log}");
}

/// Lets somebody write.
fn key(register: &Register, name: &str, role: &str) -> String {
    let made = register.json(&["key", "add", name, "--role", role]);
    made["key"].as_str().unwrap().to_owned()
}

fn facts(round: u32) -> Value {
    let fact = |number: u32| {
        json!({ "place": { "para": number.to_string() }, "fact": { "decided": {
            "id": format!("r{round}-{number}"), "verb": "NOTED", "summary": format!("fact {number}") } } })
    };
    json!({
        "convention": "ccm", "source": format!("round-{round}"), "on": "2020-01-01",
        "idempotencyKey": format!("round {round}"), "facts": (0..FACTS).map(fact).collect::<Vec<_>>(),
    })
}

fn body(input: &Value) -> String {
    let query = "mutation ($input: RecordInput!) { record(input: $input) { receipt { facts known firstPosition lastPosition version } log { size root } } }";
    json!({ "query": query, "variables": { "input": input } }).to_string()
}

/// Sends facts and does not wait for the answer.
fn send(server: &Server, key: &str, input: &Value) -> TcpStream {
    let mut client = TcpStream::connect(&server.address).unwrap();
    let body = body(input);
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nauthorization: Bearer {key}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    client.write_all((head + &body).as_bytes()).unwrap();
    client
}

fn answer(server: &Server, key: &str, input: &Value) -> Value {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut response = agent
        .post(format!("http://{}/graphql", server.address))
        .header("authorization", format!("Bearer {key}"))
        .header("content-type", "application/json")
        .send(body(input))
        .unwrap();
    serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap()
}

fn version(server: &Server) -> u64 {
    let query = "/graphql?query=%7Bconvention(id%3A%22ccm%22)%7Bknown%7Bversion%7D%7D%7D";
    let answer: Value = serde_json::from_str(&server.get(query)).unwrap();
    answer["data"]["convention"]["known"]["version"].as_u64().unwrap()
}
