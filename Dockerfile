# git reads the commits of a history, and certificates are for databases and
# remote shares over TLS. The command itself is static and only reads.
FROM alpine:3.22
RUN apk add --no-cache git ca-certificates
COPY ecart /usr/local/bin/ecart
USER 65534:65534
WORKDIR /scan
ENTRYPOINT ["ecart"]
