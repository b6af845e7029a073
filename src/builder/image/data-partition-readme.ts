import { DATA_LABEL } from '../../domain/image.ts';
import { SITE_SETTINGS_FILE } from '../../domain/site-settings.ts';

/** README.txt of a new stick's data partition, for whoever opens it on a laptop. CRLF, for Windows editors. */
export function dataPartitionReadme(): string {
  return `${[
    `This is ${DATA_LABEL}, the part of a Recon stick that is written to. Everything else on the stick is read only.`,
    '',
    'After a visit:',
    '  recon-<site>-<date>.tar.gz   the inventory: open report.html in it with any browser',
    '                               (….tar.gz.age: encrypted, for whoever has the key: recon verify --identity key.txt)',
    '  records/                     the same records one by one, as they came in; keep them until the tarball is safe',
    '  ledger.jsonl                 every step of every machine (ledger-2.jsonl: on the second visit of this stick)',
    '  visits.jsonl                 when and where this stick was; without it records are still told apart',
    '',
    'Before a visit, if you like:',
    `  ${SITE_SETTINGS_FILE.padEnd(28)} settings, all optional and explained there`,
    "  tools/                       vendors' programs for RAID controllers (storcli64, perccli64, ssacli) that all machines may use",
    '  collectors/                  your own programs that all machines run, with their output in the record',
    '',
  ].join('\r\n')}`;
}
