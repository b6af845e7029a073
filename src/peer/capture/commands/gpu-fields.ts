/**
 * The XML of nvidia-smi without the programs that run on the cards: their paths name users and their work, and are no inventory. A list that is
 * cut off goes as well.
 */
export function withoutProcesses(stdout: Buffer): Buffer {
  const text = stdout.toString('latin1');
  return Buffer.from(text.replaceAll(/<(processes|accounted_processes)>[\s\S]*?(?:<\/\1>|$)/g, ''), 'latin1');
}
