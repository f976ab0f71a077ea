# The binary is static and reads only: nothing else is in the image.
FROM scratch
COPY ecart /ecart
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["/ecart"]
