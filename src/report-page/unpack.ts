/** What was packed into the page under this id, as text; empty when there is no such part. */
export async function unpack(id: string): Promise<string> {
  const packed = document.getElementById(id)?.textContent ?? '';
  if (packed === '') return '';
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}
