/** What age adds: its head with one recipient, the nonce, and a tag for each chunk (age-encryption.org/v1); and our own head before the bytes. */
const HEAD_BYTES = 512;
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;

/** At most so many bytes has the ciphertext of so many. */
export function encryptedSize(sizeBytes: number): number {
  return sizeBytes + HEAD_BYTES + TAG_BYTES * (Math.floor(sizeBytes / CHUNK_BYTES) + 2);
}
