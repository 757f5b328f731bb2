//! The tree: the example of RFC 6962, growing, going on, and what a proof must refuse.

use chancery_ledger::{CheckError, Hash, ProveError, TileId, Tiles, Tree, check, leaf_hash, prove};
use proptest::prelude::*;

use super::Log;

#[test]
fn the_roots_are_those_of_the_rfc_test_vectors() {
    // The eight entries and roots that Certificate Transparency's own tests use.
    let entries = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut tree = Tree::default();
    assert_eq!(tree.root(), Hash::empty());
    for (entry, root) in entries.iter().zip(roots) {
        tree.push(leaf_hash(&unhex(entry)));
        assert_eq!(tree.root().bytes().as_slice(), unhex(root));
    }
}

#[test]
fn a_tree_goes_on_from_its_bytes() {
    let log = Log::counting(70_000);
    let mut again = Tree::from_bytes(&log.tree.to_bytes()).unwrap();
    assert_eq!(again, log.tree);
    assert_eq!(again.size(), 70_000);
    let mut tree = log.tree.clone();
    assert_eq!(again.push(leaf_hash(b"more")), tree.push(leaf_hash(b"more")));
    assert_eq!(again.root(), tree.root());

    let bytes = tree.to_bytes();
    assert_eq!(Tree::from_bytes(&bytes[..bytes.len() - 1]), None);
    assert_eq!(Tree::from_bytes(&bytes[..bytes.len() - 32]), None);
    assert_eq!(Tree::from_bytes(&[bytes, vec![0; 32]].concat()), None);
    assert_eq!(Tree::from_bytes(b"short"), None);
}

#[test]
fn tiles_are_as_wide_as_the_specification_says() {
    // The example of tlog-tiles: 70,000 entries.
    let tile = |level, index| TileId { level, index }.width(70_000);
    assert_eq!((tile(0, 272), tile(0, 273), tile(0, 274)), (256, 112, 0));
    assert_eq!((tile(1, 0), tile(1, 1), tile(2, 0), tile(3, 0)), (256, 17, 1, 0));
    assert_eq!((tile(63, 0), tile(0, u64::MAX)), (0, 0));
    let log = Log::counting(70_000);
    let edge = |level, index| log.tree.edge(TileId { level, index }).len();
    assert_eq!(
        (edge(0, 272), edge(0, 273), edge(1, 1), edge(2, 0), edge(3, 0)),
        (0, 112, 17, 1, 0)
    );
}

#[test]
fn a_proof_says_which_tile_it_lacks() {
    let log = Log::counting(600);
    let edge = Tiles::of(&log.tree);
    let missing = prove::inclusion(&edge, 300, 600);
    assert_eq!(missing, Err(ProveError::Missing(TileId { level: 0, index: 1 })));
    assert!(prove::inclusion(&edge, 599, 600).is_ok(), "the edge and what is above is at hand");
    assert_eq!(
        prove::inclusion(&edge, 600, 600),
        Err(ProveError::NoEntry { index: 600, size: 600 })
    );
    assert_eq!(
        ProveError::NoEntry { index: 0, size: 0 }.to_string(),
        "a tree of 0 entries has no entry 0; it is empty"
    );
    assert_eq!(prove::consistency(&edge, 2, 1), Err(ProveError::Backwards { old: 2, new: 1 }));
}

#[test]
fn a_proof_grows_with_the_logarithm() {
    let log = Log::counting(70_000);
    let tiles = log.tiles();
    for (size, longest) in [(1, 0), (2, 1), (1_000, 10), (70_000, 17)] {
        let path = prove::inclusion(&tiles, 0, size).unwrap();
        assert!(path.len() <= longest, "{size}: {}", path.len());
    }
}

#[test]
fn a_tree_continues_the_empty_one_and_itself() {
    let log = Log::counting(7);
    let root = log.root(7);
    assert_eq!(check::consistency(&[], 0, Hash::empty(), 7, root), Ok(()));
    assert_eq!(check::consistency(&[], 7, root, 7, root), Ok(()));
    assert_eq!(check::consistency(&[], 7, Hash::empty(), 7, root), Err(CheckError::OldRoot));
    assert_eq!(check::consistency(&[root], 7, root, 7, root), Err(CheckError::Length));
    assert_eq!(check::consistency(&[], 8, root, 7, root), Err(CheckError::Sizes));
    assert_eq!(check::inclusion(&[], 7, root, 7, root), Err(CheckError::Sizes));
    assert_eq!(check::consistency(&[], 3, root, 7, root), Err(CheckError::Length));
}

#[test]
fn every_small_proof_holds() {
    let log = Log::counting(40);
    let tiles = log.tiles();
    for size in 1..=40 {
        let root = log.root(size);
        for index in 0..size {
            let path = prove::inclusion(&tiles, index, size).unwrap();
            let leaf = leaf_hash(&log.entries[index as usize]);
            assert_eq!(check::inclusion(&path, index, leaf, size, root), Ok(()));
        }
        for old in 0..=size {
            let path = prove::consistency(&tiles, old, size).unwrap();
            assert_eq!(check::consistency(&path, old, log.root(old), size, root), Ok(()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_was_changed_is_refused(
        size in 2_u64..1200, at in any::<prop::sample::Index>(), with in any::<prop::sample::Index>(),
    ) {
        let log = Log::counting(size);
        let index = at.index(size as usize) as u64;
        let other = with.index(size as usize) as u64;
        let tiles = log.tiles();
        let root = log.root(size);
        let leaf = |index: u64| leaf_hash(&log.entries[index as usize]);

        let path = prove::inclusion(&tiles, index, size).unwrap();
        prop_assert_eq!(check::inclusion(&path, index, leaf(index), size, root), Ok(()));
        if other != index {
            prop_assert!(check::inclusion(&path, other, leaf(index), size, root).is_err());
            prop_assert!(check::inclusion(&path, index, leaf(other), size, root).is_err());
        }
        let mut bent = path.clone();
        let step = with.index(bent.len());
        bent[step] = leaf(index);
        prop_assert!(check::inclusion(&bent, index, leaf(index), size, root).is_err());
        prop_assert!(check::inclusion(&path[1..], index, leaf(index), size, root).is_err());
        bent.push(root);
        prop_assert!(check::inclusion(&bent, index, leaf(index), size, root).is_err());

        // Histories that swap two neighbours, or lose the last entry, before they go on.
        let old = 2 + at.index(size as usize - 1) as u64;
        let old = old.min(size);
        let path = prove::consistency(&tiles, old, size).unwrap();
        prop_assert_eq!(check::consistency(&path, old, log.root(old), size, root), Ok(()));
        let mut swapped = log.entries.clone();
        swapped.swap(old as usize - 2, old as usize - 1);
        let forked = Log::of(swapped);
        let forked_path = prove::consistency(&forked.tiles(), old, size).unwrap();
        let claim =
            check::consistency(&forked_path, old, log.root(old), size, forked.root(size));
        prop_assert!(claim.is_err());
        let mut dropped = log.entries.clone();
        dropped.remove(old as usize - 1);
        let dropped = Log::of(dropped);
        if old < size {
            let path = prove::consistency(&dropped.tiles(), old, size - 1).unwrap();
            let claim =
                check::consistency(&path, old, log.root(old), size - 1, dropped.root(size - 1));
            prop_assert!(claim.is_err());
        }
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    digits.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}
