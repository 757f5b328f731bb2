//! What somebody would write first: async-graphql's stock handler over structs in memory. It reads
//! the lists that Chancery exports, answers the six questions of `benches/queries`, and knows
//! nothing else: no log, no dials but the day, no limits, no cache. `/static/N` beside it answers N
//! bytes that are always the same: what the HTTP stack can do.

mod data;
mod schema;

use std::{path::PathBuf, sync::Arc};

use async_graphql::{EmptyMutation, EmptySubscription, Schema};
use async_graphql_axum::GraphQL;
use axum::{
    Router,
    body::Bytes,
    extract::Path,
    http::header,
    response::IntoResponse,
    routing::{any, post_service},
};
use clap::Parser;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Serves the lists in a folder.
#[derive(Debug, Parser)]
struct Args {
    /// The folder with the lists, as JSON Lines.
    #[arg(long)]
    lists: PathBuf,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let args = Args::parse();
    let world = Arc::new(data::World::read(&args.lists)?);
    let schema = Schema::build(schema::Query(world), EmptyMutation, EmptySubscription).finish();
    let filler = Bytes::from(vec![b' '; 4 << 20]);
    let still = move |Path(bytes): Path<usize>| {
        let body = filler.slice(0..bytes.min(filler.len()));
        async move { ([(header::CONTENT_TYPE, "application/json")], body).into_response() }
    };
    let routes = Router::new()
        .route("/graphql", post_service(GraphQL::new(schema)))
        .route("/static/{bytes}", any(still));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("serving at http://{}/graphql", listener.local_addr()?);
    Ok(axum::serve(listener, routes).await?)
}
