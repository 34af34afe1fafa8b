//! Listening: connections with limits, so that a slow or silent visitor stalls nobody else.
use crate::app::App;
use crate::desk::Trouble;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections at once; the next ones wait for a place.
const CONNECTIONS: usize = 512;
/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// How long a connection may live.
const CONNECTION: Duration = Duration::from_secs(300);

/// Serves until interrupted. `ready` is told the address, once it is known.
///
/// # Errors
/// The address cannot be listened on, or is open to others and no access token is set.
pub fn serve(app: App, listen: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), Trouble> {
    if !listen.ip().is_loopback() && app.access.is_none() {
        return Err(Trouble::Input(format!(
            "{listen} can be reached from other machines: set what visitors must know with --token, or listen on 127.0.0.1"
        )));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(16)
        .build()
        .map_err(|e| Trouble::World(format!("no threads: {e}")))?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen)
            .await
            .map_err(|e| Trouble::World(format!("{listen}: {e}: choose another address with --listen")))?;
        let at = listener.local_addr().map_err(|e| Trouble::World(format!("{listen}: {e}")))?;
        let routes = crate::routes::routes(Arc::new(app), at);
        ready(at);
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        loop {
            let Ok(place) = places.clone().acquire_owned().await else { return Ok(()) };
            let stream = tokio::select! {
                s = listener.accept() => match s {
                    Ok((stream, _)) => stream,
                    Err(_) => {
                        // Out of file handles, or gone already: others go on.
                        tokio::time::sleep(Duration::from_millis(20)).await;
                        continue;
                    }
                },
                _ = tokio::signal::ctrl_c() => return Ok(()),
            };
            let service = TowerToHyperService::new(routes.clone());
            tokio::spawn(async move {
                let _place = place;
                let mut http = hyper::server::conn::http1::Builder::new();
                http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024);
                let connection = http.serve_connection(TokioIo::new(stream), service);
                // What goes wrong with one visitor is told to that visitor alone.
                let _ = tokio::time::timeout(CONNECTION, connection).await;
            });
        }
    })
}
