import type { RuleTable } from './rules.ts';

/** Fields of a line of the ledger (src/domain/ledger.ts). What a line says in words may quote anything; early facts have rules of their own. */
export const LEDGER_RULES: RuleTable = {
  '': {
    keep: 'sequence at stage interface bytes totalBytes bytesPerSecond resumedAtBytes unleased',
    mac: 'mac',
    address: 'address',
    drop: 'detail refused facts',
  },
};

/** Fields of early facts (src/domain/early-facts.ts). */
export const EARLY_FACTS_RULES: RuleTable = {
  '': {
    keep: `vendor product firmwareVersion platform buildArchitecture secureBoot nicPciId nicAddress nicChip nicDriver memoryBytes ramBytes
      availableRamBytes neededRamBytes kernelSeconds leaseSeconds unanswered wrongHashes`,
    serial: 'serial boardSerial chassisSerial assetTag',
    uuid: 'uuid',
  },
};
