//! Compiles the contract in `proto/` to Rust: messages and service (prost, tonic), proto3 JSON (pbjson), and the
//! descriptors that server reflection hands out. protox does it in pure Rust, so no machine needs protoc.
//!
//! Gives, in `OUT_DIR`: `isnad.v1.rs`, `isnad.v1.serde.rs`, `isnad.v1.bin`.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

const CONTRACT: &str = "isnad/v1/extract.proto";

fn main() -> Result<(), Box<dyn Error>> {
    // None of the generators prints this itself.
    println!("cargo::rerun-if-changed=proto");
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_SERVICE").is_none() {
        return Ok(());
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);

    let mut compiler = protox::Compiler::new(["proto"])?;
    // Comments travel with the descriptors: `grpcurl describe` shows them.
    compiler.include_source_info(true).include_imports(true).open_file(CONTRACT)?;
    // `compile_fds` does not write the descriptors itself, and the encoded set keeps what prost's types would drop.
    let descriptors = compiler.encode_file_descriptor_set();
    fs::write(out.join("isnad.v1.bin"), &descriptors)?;

    tonic_prost_build::configure()
        // pbjson's twins of the well-known types have the JSON form that proto3 asks for.
        .compile_well_known_types(true)
        .extern_path(".google.protobuf", "::pbjson_types")
        // Ordered, so that the same error gives the same bytes.
        .btree_map(".")
        .compile_fds(compiler.file_descriptor_set())?;
    pbjson_build::Builder::new()
        .register_descriptors(&descriptors)?
        .extern_path(".google.protobuf", "::pbjson_types")
        .btree_map(["."])
        .build(&[".isnad.v1"])?;
    Ok(())
}
