//! What no client library sends: HTTP/2 by hand, and messages that are not what they say.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// How much a bomb holds once it is unpacked.
pub(crate) const BOMB: usize = 1 << 30;

/// The preface of HTTP/2 and settings that leave everything as it is.
pub(crate) fn preface() -> Vec<u8> {
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend(frame(4, 0, 0, &[]));
    bytes
}

/// The flag of a frame of headers which are all.
const END_HEADERS: u8 = 4;

/// The head of an Extract on stream 1, which its body is to follow.
pub(crate) fn head(address: &str) -> Vec<u8> {
    // POST and http stand in HPACK's static table; the others are literals that are not to be remembered.
    let mut block = vec![0x83, 0x86];
    let mut field = |name: &[u8], value: &str| {
        block.extend_from_slice(name);
        block.push(value.len() as u8);
        block.extend_from_slice(value.as_bytes());
    };
    field(&[0x04], "/isnad.v1.Extract/Extract"); // :path
    field(&[0x01], address); // :authority
    field(b"\x00\x0ccontent-type", "application/grpc");
    field(b"\x00\x02te", "trailers");
    frame(1, END_HEADERS, 1, &block)
}

/// The first bytes of a message of `announced` bytes, in a frame that does not end the stream.
pub(crate) fn torn(announced: u32) -> Vec<u8> {
    let mut body = vec![0];
    body.extend(announced.to_be_bytes());
    body.extend([0x0A; 64]);
    frame(0, 0, 1, &body)
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let mut bytes = (payload.len() as u32).to_be_bytes()[1..].to_vec();
    bytes.extend([kind, flags]);
    bytes.extend(stream.to_be_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// A message as gRPC frames it: whether it is packed, its length, its bytes.
pub(crate) fn message(packed: bool, bytes: &[u8]) -> Vec<u8> {
    let mut framed = vec![u8::from(packed)];
    framed.extend((bytes.len() as u32).to_be_bytes());
    framed.extend_from_slice(bytes);
    framed
}

/// A gibibyte of nothing in a mebibyte.
pub(crate) fn gzip_bomb() -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let piece = vec![0; 1 << 20];
    for _ in 0..BOMB / piece.len() {
        encoder.write_all(&piece)?;
    }
    Ok(encoder.finish()?)
}

/// The same in 32 KiB of zstd: blocks that repeat one byte. The frame asks for a window of `1 << window` bytes.
pub(crate) fn zstd_bomb(window: u8) -> Vec<u8> {
    const LONGEST: usize = 128 << 10;
    const REPEATED: u32 = 1;
    let mut bytes = 0xFD2F_B528_u32.to_le_bytes().to_vec();
    // No content size, no checksum; the window as an exponent over 1 KiB.
    bytes.extend([0, (window - 10) << 3]);
    let blocks = BOMB / LONGEST;
    for number in 1..=blocks {
        let header = (LONGEST as u32) << 3 | REPEATED << 1 | u32::from(number == blocks);
        bytes.extend(&header.to_le_bytes()[..3]);
        bytes.push(0);
    }
    bytes
}
