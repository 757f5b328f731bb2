//! The settings of a server: a file, variables and flags of the same names.

use crate::run::{Register, Server, program, said};

/// The line of a setting in what `chancery settings` prints.
fn line(out: &str, name: &str) -> String {
    let found = out.lines().find(|line| line.starts_with(&format!("{name} = ")));
    found.unwrap_or_else(|| panic!("no {name} in:\n{out}")).to_owned()
}

#[test]
fn a_flag_counts_before_a_variable_before_the_file_before_the_default() {
    let register = Register::empty();
    let file = register.file(
        "chancery.toml",
        "licence = \"CC0\"\n\n[limits]\ndepth = 10\naliases = 11\nfields = 12\n",
    );
    let said = said(
        program()
            .env("CHANCERY_CONFIG", &file)
            .env("CHANCERY_LIMITS_ALIASES", "21")
            .env("CHANCERY_LIMITS_FIELDS", "22")
            .env("CHANCERY_HTTP_CORS_ORIGINS", "https://a.org, https://b.org")
            .args(["settings", "--limits-fields", "32", "--licence", ""])
            .output()
            .unwrap(),
    );
    assert_eq!(said.code, 0, "{}", said.err);
    for (name, expected) in [
        ("listen", "\"127.0.0.1:8017\" # default".to_owned()),
        ("licence", "\"\" # --licence".to_owned()),
        ("depth", format!("10 # {file}:4")),
        ("aliases", "21 # CHANCERY_LIMITS_ALIASES".to_owned()),
        ("fields", "32 # --limits-fields".to_owned()),
        (
            "cors_origins",
            "[\"https://a.org\", \"https://b.org\"] # CHANCERY_HTTP_CORS_ORIGINS".to_owned(),
        ),
    ] {
        assert_eq!(line(&said.out, name), format!("{name} = {expected}"));
    }
    // What is printed is a file of settings itself, and says the same.
    let printed = register.file("printed.toml", &said.out);
    let again = register.run(&["settings", "--config", &printed]);
    let values = |out: &str| -> Vec<String> {
        out.lines().map(|line| line.split(" # ").next().unwrap().to_owned()).collect()
    };
    assert_eq!(values(&again.out), values(&said.out));
}

#[test]
fn every_mistake_is_shown_where_it_is() {
    let register = Register::empty();
    let text = "listen = \"localhost\"\n[http]\nbody_bites = 1\nbody_bytes = 1\n[limits]\nintrospection = \"no\"\n[nothing]\na = 1\n";
    let file = register.file("chancery.toml", text);
    let run = |more: &[&str]| {
        let mut command = register.command(&["serve", "--config", &file, "--limits-depth", "-3"]);
        command.args(more).env("CHANCERY_HTTP_STOP_SECONDS", "soon");
        said(command.env("CHANCERY_HTTP_BODY_BYTE", "9").output().unwrap())
    };
    let refused = run(&[]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    for phrase in [
        "chancery.toml:1:10",
        "`localhost` is not an address with a port",
        "chancery.toml:3:1",
        "`http.body_bytes` is meant?",
        "chancery.toml:4:14",
        "give a number from 1024 to",
        "chancery.toml:6:17",
        "give true or false",
        "there is no setting `nothing`",
        "CHANCERY_HTTP_STOP_SECONDS: `http.stop_seconds`: `soon` cannot be meant",
        "`CHANCERY_HTTP_BODY_BYTES` is meant?",
        "--limits-depth: `limits.depth`: -3 is out of range",
        "8 mistakes in the settings; nothing was started",
    ] {
        assert!(refused.err.contains(phrase), "no `{phrase}` in:\n{}", refused.err);
    }
    assert!(!register.data().exists());
    let json: serde_json::Value = serde_json::from_str(&run(&["--json"]).err).unwrap();
    let first = &json["mistakes"][0];
    assert_eq!((&first["line"], &first["column"]), (&1.into(), &10.into()), "{json}");
    assert_eq!(json["mistakes"][7]["flag"], "limits-depth");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let register = Register::empty();
    for (file, says) in [
        (register.path("none.toml"), "No such file"),
        (register.file("broken.toml", "a = [\n"), "this is not TOML"),
        (register.file("twice.toml", "[http]\n[http]\n"), "this is not TOML"),
        (register.file("section.toml", "http = 3\n"), "write [http], and its settings below"),
        (register.file("inner.toml", "[auth]\noidc = 3\n"), "write [auth.oidc], and its"),
        (
            register.file("near.toml", "[auth.oidc]\nisuer = \"x\"\n"),
            "`auth.oidc.issuer` is meant?",
        ),
        (
            register.file("far.toml", "[auth.oidc.more]\na = 1\n"),
            "there is no setting `auth.oidc.more`",
        ),
        (register.file("latin.toml", b"# \xe9\n"), "not UTF-8 text, from byte 2 on"),
        (register.file("long.toml", "#".repeat(1 << 21)), "has more than 1048576 bytes"),
        (register.file("nested.toml", "[".repeat(100_000)), "this is not TOML"),
        (".".to_owned(), "cannot be read"),
    ] {
        let refused = register.run(&["serve", "--config", &file]);
        assert_eq!(refused.code, 2, "{file}: {}", refused.err);
        assert!(refused.err.contains(says), "{file}: {}", refused.err);
        assert!(!refused.err.contains("panicked"), "{}", refused.err);
    }
}

#[test]
fn a_server_follows_its_file() {
    let register = Register::ccm();
    let file = register.file("chancery.toml", "licence = \"CC0\"\n[limits]\naliases = 1\n");
    let server = Server::serve_with(&register, &["--config", &file]);
    let two = server.get("/graphql?query=%7Ba:__typename%20b:__typename%7D");
    assert!(two.contains("more than 1 aliases"), "{two}");
    assert!(server.get("/export/").contains("CC0"));
}

#[test]
fn tokens_are_taken_as_the_settings_say_or_nothing_is_served() {
    let register = Register::ccm();
    let file = register.file("half.toml", "[auth.oidc]\nissuer = \"https://login.example.org\"\n");
    let refused = register.run(&["serve", "--config", &file]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains("`auth.oidc.audience` is missing; "), "{}", refused.err);
    let flags = ["--auth-oidc-audience", "chancery", "--auth-oidc-jwks"];
    let serve = |jwks: &str| {
        let mut args = vec!["serve", "--listen", "127.0.0.1:0", "--config", &file];
        args.extend(flags);
        args.push(jwks);
        register.run(&args)
    };
    let open = serve("http://login.example.org/keys");
    assert_eq!(open.code, 2, "{}", open.err);
    assert!(open.err.contains("could be changed on its way"), "{}", open.err);
    let jwks = register.file("jwks.json", r#"{ "keys": [] }"#);
    let mut args = vec!["--config", &file];
    args.extend(flags);
    args.push(&jwks);
    let server = Server::serve_with(&register, &args);
    assert!(server.get("/graphql?query=%7B__typename%7D").contains("Query"));
}

#[test]
fn the_sample_is_the_one_in_the_repository() {
    let said = said(program().args(["settings", "--sample"]).output().unwrap());
    let kept = std::fs::read_to_string("../../deploy/chancery.toml").unwrap();
    assert!(said.out == kept, "deploy/chancery.toml is not what the code says; run `just sample`");
}

#[test]
fn the_sample_holds_every_setting_at_its_default() {
    let register = Register::empty();
    let sample = register.run(&["settings", "--sample"]).out;
    // Each line that could be a setting, taken out of its comment.
    let is_setting =
        |line: &str| line.split_once(" = ").is_some_and(|(name, _)| !name.contains(' '));
    let lines: Vec<&str> = sample
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|it| is_setting(it)).unwrap_or(line))
        .collect();
    let file = register.file("sample.toml", lines.join("\n"));
    let all = register.run(&["settings", "--config", &file]);
    let defaults = register.run(&["settings"]);
    assert_eq!((all.code, all.err.as_str()), (0, ""));
    let mut settings = 0;
    for (set, default) in all.out.lines().zip(defaults.out.lines()) {
        if let Some((value, "default")) = default.rsplit_once(" # ") {
            let (same, place) = set.rsplit_once(" # ").unwrap();
            assert_eq!(same, value);
            assert!(place.starts_with(&file), "{set}");
            settings += 1;
        }
    }
    assert!(settings > 30, "{settings}");
}
