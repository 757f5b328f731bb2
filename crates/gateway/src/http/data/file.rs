use std::{fs::File, io::Read as _};

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::stream::try_unfold;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{
    super::{Site, reply::Refusal},
    asking::Asking,
    describe,
};
use crate::{export::write_database, graphql::ErrorCode};

/// Making the file takes a processor and room on the disk: one at a time.
static ROOM: Semaphore = Semaphore::const_new(1);

/// How many bytes are read at a time.
const PIECE: usize = 256 * 1024;

/// Every list as one SQLite file: made beside the data, sent piece by piece, and gone.
pub(super) async fn database(site: &Site, asking: Asking) -> Result<Response, Refusal> {
    let asked = asking.all(&site.service)?;
    let (terms, content) = (site.terms.clone(), asked.clone());
    let room = ROOM.acquire().await;
    let made = spawn_blocking(move || {
        // Held until it is made, also when the client goes away meanwhile.
        let _room = room;
        let file = tempfile::NamedTempFile::new()?;
        write_database(file.path(), &content, &terms).map_err(std::io::Error::other)?;
        // The file loses its name here: it is gone when it has been sent, whatever happens.
        let size = file.as_file().metadata()?.len();
        Ok::<_, std::io::Error>((file.into_file(), size))
    });
    let (file, size) =
        made.await.map_err(std::io::Error::other).flatten().map_err(|error| failed(&error))?;
    let mut response = Body::from_stream(try_unfold(file, piece)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/vnd.sqlite3"));
    headers.insert(header::CONTENT_LENGTH, size.into());
    let disposition = "attachment; filename=\"chancery.sqlite\"";
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    describe(headers, site, &asked).await;
    Ok(response)
}

/// The next piece of a file, with the file for the one after it.
async fn piece(mut file: File) -> std::io::Result<Option<(Vec<u8>, File)>> {
    let read = spawn_blocking(move || {
        let mut piece = vec![0; PIECE];
        let length = file.read(&mut piece)?;
        piece.truncate(length);
        Ok::<_, std::io::Error>((piece, file))
    });
    let (piece, file) = read.await.map_err(std::io::Error::other)??;
    Ok((!piece.is_empty()).then_some((piece, file)))
}

fn failed(error: &std::io::Error) -> Refusal {
    tracing::error!(%error, "the SQLite file could not be made");
    let message = "the SQLite file could not be made; the log of the program says more";
    Refusal::new(ErrorCode::Internal, message)
}
