//! The log over HTTP, judged with the ledger's own checks: a client that has nothing but the
//! public key and these answers.

use chancery_ledger::{
    Checkpoint, TileId, Tiles, Tree, VerifierKey, bundle, check, leaf_hash, note, prove,
};

use crate::server::{Reply, Server};

#[test]
fn a_client_follows_the_log_with_the_key_alone() {
    let server = Server::start();
    let key: VerifierKey = get(&server, "/log/key").body.trim().parse().unwrap();
    let note = get(&server, "/log/checkpoint");
    assert_eq!(note.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(note.header("cache-control"), Some("public, max-age=1"));
    let keys = [key];
    let (text, _) = note::open(&note.body, &keys).unwrap();
    let checkpoint: Checkpoint = text.parse().unwrap();
    assert!(checkpoint.size > 256, "the fixtures fill a tile");

    // All entries, from the bundles that the size says.
    let mut tree = Tree::default();
    let mut tiles = Vec::new();
    for index in 0..=checkpoint.size / 256 {
        let width = TileId { level: 0, index }.width(checkpoint.size);
        let partial = if width < 256 { format!(".p/{width}") } else { String::new() };
        let bytes = server.bytes(&format!("/log/tile/entries/{index:03}{partial}"));
        let entries = bundle::decode(&bytes).unwrap();
        assert_eq!(entries.len(), width);
        let hashes: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let served = server.bytes(&format!("/log/tile/0/{index:03}{partial}"));
        assert_eq!(TileId::hashes(&served).unwrap(), hashes);
        for hash in hashes {
            tiles.extend(tree.push(hash));
        }
    }
    assert_eq!((tree.size(), tree.root()), (checkpoint.size, checkpoint.root));
    let above = server.bytes("/log/tile/1/000.p/1");
    assert_eq!(TileId::hashes(&above).unwrap(), [TileId::root(&tiles[0].hashes)]);

    // And a proof from the tiles.
    let mut at_hand = Tiles::of(&tree);
    tiles.into_iter().for_each(|full| at_hand.insert(full.id, full.hashes));
    let path = prove::inclusion(&at_hand, 7, checkpoint.size).unwrap();
    let first = server.bytes("/log/tile/entries/000");
    let leaf = leaf_hash(bundle::decode(&first).unwrap()[7]);
    assert_eq!(check::inclusion(&path, 7, leaf, checkpoint.size, checkpoint.root), Ok(()));
}

#[test]
fn tiles_are_kept_for_ever_and_checkpoints_are_not() {
    let server = Server::start();
    let tile = get(&server, "/log/tile/1/000.p/1");
    assert_eq!(tile.header("content-type"), Some("application/octet-stream"));
    assert_eq!(tile.header("cache-control"), Some("public, max-age=31536000, immutable"));
}

#[test]
fn an_answer_bears_the_checkpoint_that_it_was_computed_at() {
    let server = Server::start();
    let answer = server.data(
        "{ log { origin size root checkpoint publicKey } convention(id: \"ccm\") { known { position root } } }",
        &serde_json::json!({}),
    );
    let (log, known) = (&answer["log"], &answer["convention"]["known"]);
    assert_eq!(log["origin"], "example.org/register");
    assert_eq!(log["size"].as_u64(), known["position"].as_u64().map(|it| it + 1));
    assert_eq!(log["root"], known["root"]);
    let keys = [log["publicKey"].as_str().unwrap().parse().unwrap()];
    let (text, _) = note::open(log["checkpoint"].as_str().unwrap(), &keys).unwrap();
    let checkpoint: Checkpoint = text.parse().unwrap();
    assert_eq!(log["root"], checkpoint.root.to_string());
    let unsigned = Server::empty().data("{ log { root } }", &serde_json::json!({}));
    assert_eq!(unsigned["log"], serde_json::Value::Null);
}

#[test]
fn what_is_not_there_is_not_found() {
    let server = Server::start();
    for path in [
        "0/001",
        "0/000.p/0",
        "0/000.p/256",
        "1/000",
        "1/000.p/2",
        "2/000.p/1",
        "63/000.p/1",
        "64/000",
        "entries/001",
        "entries/x001/000.p/1",
        "entries",
        "0",
        "0/0",
        "0/..%2f000",
        "0/x999/x999/x999/x999/x999/x999/999",
    ] {
        let reply = get(&server, &format!("/log/tile/{path}"));
        assert_eq!((reply.status, reply.error().0.as_str()), (404, "NOT_FOUND"), "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-cache"), "{path}");
    }
    let post = server.send("POST /log/checkpoint", &[], "");
    assert_eq!((post.status, post.error().0.as_str()), (405, "METHOD_NOT_ALLOWED"));
}

#[test]
fn a_log_without_a_key_has_no_checkpoint() {
    let server = Server::empty();
    for path in ["/log/checkpoint", "/log/key"] {
        let reply = get(&server, path);
        assert_eq!(reply.status, 404);
        assert!(reply.error().1.contains("chancery init"), "{}", reply.body);
    }
}

#[test]
fn the_tree_keeps_up_with_what_is_recorded() {
    let server = Server::recording();
    let size = |reply: Reply| reply.body.lines().nth(1).unwrap().parse::<u64>().unwrap();
    let before = size(get(&server, "/log/checkpoint"));
    server.record(
        "convention: ccm\nsource: a letter\nrecorded_by: isu\nfacts:\n  - { entry: TUR, acceded: { state: TUR, on: 2026-01-05 } }\n",
    );
    assert_eq!(size(get(&server, "/log/checkpoint")), before + 1);
}

fn get(server: &Server, path: &str) -> Reply {
    server.send(&format!("GET {path}"), &[], "")
}
