# syntax=docker/dockerfile:1
# One static binary in an empty image. `docker build -t isnad .`, then `docker run --rm -p 50051:50051 isnad`.

# The version of rust-toolchain.toml, which is not copied: rustup would fetch the components that it names, and no build needs them.
FROM docker.io/library/rust:1.95.0-bookworm AS build
WORKDIR /src

# Names of functions, for backtraces, are a tenth of the binary; a panic is logged with its file and line without them.
ENV CARGO_PROFILE_RELEASE_STRIP=symbols
# A quicker build of a slower server, for those who only try it: `--build-arg CARGO_PROFILE_RELEASE_LTO=off` and so on.
ARG CARGO_PROFILE_RELEASE_LTO
ARG CARGO_PROFILE_RELEASE_OPT_LEVEL
ARG CARGO_PROFILE_RELEASE_CODEGEN_UNITS

# Dependencies first, so that a change to the sources does not build them again.
COPY Cargo.toml Cargo.lock build.rs ./
COPY proto proto
RUN mkdir -p src benches \
    && echo '//! Stands in while dependencies are built.' | tee src/lib.rs > src/main.rs \
    && echo 'fn main() {}' >> src/main.rs \
    && sed -n 's/^name = "\(.*\)"$/\1/p' Cargo.toml | while read -r name; do echo 'fn main() {}' > "benches/$name.rs"; done

# Static glibc needs nothing that the image lacks. It cannot look up host names, which the server never does; `isnad health`
# and `--server` take addresses in numbers here. The target is named so that build scripts are not linked statically too.
# Relative relocations, which a static binary that can be loaded anywhere has many of, take a fiftieth of the space when packed.
ENV RUSTFLAGS="-C target-feature=+crt-static -C link-arg=-Wl,-z,pack-relative-relocs"
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    rustc -vV | sed -n 's/^host: //p' > /target \
    && cargo build --release --locked --bin isnad --target "$(cat /target)"

COPY src src
COPY lexicon lexicon
COPY models models
COPY page/dist page/dist
COPY benches benches
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    find src -name '*.rs' -exec touch {} + \
    && cargo build --release --locked --bin isnad --target "$(cat /target)" \
    && cp "target/$(cat /target)/release/isnad" /isnad \
    && /isnad --version \
    && ldd /isnad 2>&1 | grep -E 'statically linked|not a dynamic executable'

FROM scratch
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="isnad" \
      org.opencontainers.image.description="Reads Arabic news and answers with attributed facts, over gRPC" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /isnad /isnad
COPY LICENSE-MIT LICENSE-APACHE /licenses/
USER 65532:65532
# Inside a container, the loopback interface is of no use to anybody outside.
ENV ISNAD_ADDRESS=0.0.0.0:50051 ISNAD_LOG_FORMAT=json
EXPOSE 50051
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=4s --start-period=5s CMD ["/isnad", "health"]
ENTRYPOINT ["/isnad"]
CMD ["serve"]
