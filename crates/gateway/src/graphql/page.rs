//! Lists, a page at a time: Relay connections, and flat lists for clients that cannot follow
//! cursors.

use std::borrow::Cow;

use async_graphql::{
    Object, OutputType, Result, TypeName,
    connection::{CursorType, OpaqueCursor, PageInfo},
};
use chancery_gateway_macros::direct;
use serde::{Deserialize, Serialize};

use super::error::{ErrorCode, bad_input};

/// The most that a page holds.
const MAX: usize = 1000;

/// What a list costs before its first item: the whole of it is made, however small the page.
const MAKING: usize = 100;

/// How many are expected in a list of meetings or conventions.
pub(super) const FEW: usize = 50;

/// How many are expected in another flat list: as many as there are States.
pub(super) const MANY: usize = DEFAULT;

/// What a connection's page holds if nothing is said: there are 197 States.
const DEFAULT: usize = 200;

/// A page of a list.
pub(super) struct Connection<Node: OutputType> {
    edges: Vec<Edge<Node>>,
    has_previous_page: bool,
    has_next_page: bool,
    total: usize,
}

/// An item of a list, with its place there.
pub(super) struct Edge<Node: OutputType> {
    list: &'static str,
    key: String,
    node: Node,
}

/// What a cursor holds: the list, and the key of the item.
#[derive(Serialize, Deserialize)]
struct Place<'a> {
    list: Cow<'a, str>,
    key: Cow<'a, str>,
}

/// The arguments of a connection.
pub(super) struct PageArgs {
    pub(super) first: Option<i32>,
    pub(super) after: Option<String>,
    pub(super) last: Option<i32>,
    pub(super) before: Option<String>,
}

/// The page that the arguments ask for. `list` names the list in its cursors and in messages.
pub(super) fn connect<Item, Node: OutputType>(
    list: &'static str,
    items: Vec<Item>,
    key: impl Fn(&Item) -> String,
    page: &PageArgs,
    node: impl Fn(Item) -> Node,
) -> Result<Connection<Node>> {
    let total = items.len();
    let find = |cursor: &Option<String>| {
        let found = cursor.as_deref().map(|it| find(list, &items, &key, it));
        found.transpose()
    };
    let mut start = find(&page.after)?.map_or(0, |index| index + 1);
    let mut end = find(&page.before)?.unwrap_or(total).max(start);
    match (size("first", page.first, MAX)?, size("last", page.last, MAX)?) {
        (Some(_), Some(_)) => return Err(bad_input("give `first` or `last`, not both")),
        (None, Some(last)) => start = start.max(end.saturating_sub(last)),
        (first, None) => end = end.min(start + first.unwrap_or(DEFAULT)),
    }
    let shown = items.into_iter().skip(start).take(end - start);
    let edges = shown.map(|item| Edge { list, key: key(&item), node: node(item) });
    Ok(Connection {
        edges: edges.collect(),
        has_previous_page: start > 0,
        has_next_page: end < total,
        total,
    })
}

/// The part of a flat list that the arguments ask for.
pub(super) fn window<Item>(items: Vec<Item>, limit: i32, offset: i32) -> Result<Vec<Item>> {
    let limit = size("limit", Some(limit), MAX)?.unwrap_or(MAX);
    let offset = size("offset", Some(offset), usize::MAX)?.unwrap_or(0);
    Ok(items.into_iter().skip(offset).take(limit).collect())
}

/// What a connection may cost: so many times what one of its items does.
pub(super) fn cost(first: Option<i32>, last: Option<i32>, child: usize) -> usize {
    first.or(last).map_or_else(
        || times(DEFAULT, child),
        |size| times(usize::try_from(size).unwrap_or(0), child),
    )
}

/// What a flat list may cost. Few of them come near their limit, which is there for clients that
/// never page: what counts is how many are expected.
pub(super) fn cost_of_window(limit: i32, expected: usize, child: usize) -> usize {
    times(usize::try_from(limit).unwrap_or(0).min(expected), child)
}

/// What objects asked for by their ids may cost: each is looked for by itself.
pub(super) fn cost_of_nodes(ids: usize, child: usize) -> usize {
    times(ids, child.saturating_add(MAKING))
}

/// A count as `Int`.
pub(super) fn int(count: impl TryInto<i32>) -> Result<i32> {
    let count = count.try_into();
    count.map_err(|_| ErrorCode::Internal.error("this number does not fit into Int"))
}

/// An item of a list, with its place there.
#[direct]
#[Object(name_type)]
impl<Node: OutputType> Edge<Node> {
    /// The item's place, for `after` and `before`. Opaque, and stable: it outlives appends.
    async fn cursor(&self) -> String {
        cursor(self.list, &self.key)
    }

    /// The item.
    async fn node(&self) -> &Node {
        &self.node
    }
}

/// A page of a list, after the Relay cursor connections specification.
#[direct]
#[Object(name_type)]
impl<Node: OutputType> Connection<Node> {
    /// The items of the page, each with its cursor.
    async fn edges(&self) -> &[Edge<Node>] {
        &self.edges
    }

    /// The items of the page.
    async fn nodes(&self) -> Vec<&Node> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Where the page lies in the list.
    async fn page_info(&self) -> PageInfo {
        let cursor = |edge: &Edge<Node>| cursor(edge.list, &edge.key);
        PageInfo {
            has_previous_page: self.has_previous_page,
            has_next_page: self.has_next_page,
            start_cursor: self.edges.first().map(cursor),
            end_cursor: self.edges.last().map(cursor),
        }
    }

    /// How many items there are on all pages together.
    async fn total_count(&self) -> Result<i32> {
        int(self.total)
    }
}

impl<Node: OutputType> TypeName for Connection<Node> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", Node::type_name()).into()
    }
}

impl<Node: OutputType> TypeName for Edge<Node> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", Node::type_name()).into()
    }
}

fn times(size: usize, child: usize) -> usize {
    // Far past every limit, and far from where the library's sums would wrap.
    const CEILING: usize = 1 << 40;
    size.min(MAX).saturating_mul(child).saturating_add(MAKING).min(CEILING)
}

fn size(name: &str, size: Option<i32>, max: usize) -> Result<Option<usize>> {
    let Some(size) = size else { return Ok(None) };
    match usize::try_from(size) {
        Ok(size) if size <= max => Ok(Some(size)),
        Ok(_) => Err(bad_input(format!(
            "`{name}` is {size}; a page holds at most {max}, ask for the rest by further pages"
        ))),
        Err(_) => Err(bad_input(format!("`{name}` is {size}; write 0 or a positive number"))),
    }
}

fn cursor(list: &str, key: &str) -> String {
    OpaqueCursor(Place { list: list.into(), key: key.into() }).encode_cursor()
}

fn find<Item>(
    list: &str,
    items: &[Item],
    key: impl Fn(&Item) -> String,
    cursor: &str,
) -> Result<usize> {
    let place = OpaqueCursor::<Place<'_>>::decode_cursor(cursor).ok();
    let index = place
        .filter(|place| place.list == list)
        .and_then(|place| items.iter().position(|item| key(item) == place.key));
    index.ok_or_else(|| {
        let shown: String = cursor.chars().take(80).collect();
        bad_input(format!(
            "`{shown}` is not a cursor of these {list}; take one from `pageInfo` or `edges` of the same list, asked for with the same arguments"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<(String, bool, bool)> {
        let args = PageArgs { first, after, last, before };
        let letters: Vec<char> = "abcdef".chars().collect();
        let page =
            connect("letters", letters, char::to_string, &args, |letter| letter.to_string())?;
        let nodes = page.edges.iter().map(|edge| edge.node.as_str()).collect();
        Ok((nodes, page.has_previous_page, page.has_next_page))
    }

    #[test]
    fn pages_go_both_ways() {
        let at = |key: &str| Some(cursor("letters", key));
        for (args, expected) in [
            ((None, None, None, None), ("abcdef", false, false)),
            ((Some(2), None, None, None), ("ab", false, true)),
            ((Some(2), at("b"), None, None), ("cd", true, true)),
            ((Some(9), at("d"), None, None), ("ef", true, false)),
            ((None, None, Some(2), None), ("ef", true, false)),
            ((None, None, Some(2), at("e")), ("cd", true, true)),
            ((Some(9), at("b"), None, at("e")), ("cd", true, true)),
            ((Some(9), at("e"), None, at("b")), ("", true, true)),
            ((Some(0), None, None, None), ("", false, true)),
        ] {
            let (first, after, last, before) = args;
            let (nodes, previous, next) = page(first, after, last, before).unwrap();
            assert_eq!((nodes.as_str(), previous, next), expected);
        }
    }

    #[test]
    fn wrong_pages_are_told_what_would_be_right() {
        let elsewhere = Some(cursor("numbers", "a"));
        let gone = Some(cursor("letters", "z"));
        for (args, says) in [
            ((Some(1), None, Some(1), None), "not both"),
            ((Some(-1), None, None, None), "a positive number"),
            ((None, None, Some(1001), None), "at most 1000"),
            ((None, elsewhere, None, None), "not a cursor of these letters"),
            ((None, Some("?".into()), None, None), "not a cursor"),
            ((None, None, None, gone), "not a cursor"),
        ] {
            let (first, after, last, before) = args;
            let error = page(first, after, last, before).unwrap_err();
            assert!(error.message.contains(says), "{}", error.message);
        }
    }

    #[test]
    fn costs_never_wrap() {
        assert_eq!(cost(Some(3), None, 4), 112);
        assert_eq!(cost(Some(0), None, 4), 100);
        assert_eq!(cost(None, Some(i32::MAX), usize::MAX), 1 << 40);
    }
}
