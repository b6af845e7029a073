/** One protection taken away: this text of a source says something else, and the test must notice. */
export interface NamedFault {
  /** the promise of docs/guarantees.md that it breaks */
  promise: string;
  what: string;
  /** of src/ */
  path: string;
  /** stands in the file exactly once */
  was: string;
  becomes: string;
  /** the file that holds the promise */
  test: string;
}

/** What docs/guarantees.md names as killed. `make faults` tries all of them. */
export const NAMED_FAULTS: readonly NamedFault[] = [
  {
    promise: 'G7',
    what: 'an initrd may hold lvm and mdadm',
    path: 'src/builder/verify/rules.ts',
    was: '[/(^|\\/)s?bin\\/(lvm|mdadm|dmraid|cryptsetup|multipathd|zpool|iscsistart)$/,',
    becomes: '[/(^|\\/)s?bin\\/(dmraid)$/,',
    test: 'test/builder/verify/rules.test.ts',
  },
  {
    promise: 'G8',
    what: 'no probe as a network-boot ROM',
    path: 'src/master/guard/packets/probes.ts',
    was: "export const PROBE_KINDS = ['discover', 'pxe-discover', 'request'] as const;",
    becomes: "export const PROBE_KINDS = ['discover', 'discover', 'request'] as const;",
    test: 'test/master/guard/packets/probes.test.ts',
  },
  {
    promise: 'G9',
    what: 'a server that speaks later is only noted',
    path: 'src/master/guard/watch.ts',
    was: 'if (options.isConflict(seen.evidence)) foreign([reason]);',
    becomes: 'if (false) foreign([reason]);',
    test: 'test/master/guard/guarded-link.test.ts',
  },
  {
    promise: 'G10',
    what: 'everybody is answered',
    path: 'src/master/dhcp/dnsmasq/config-boot.ts',
    was: "'dhcp-ignore=tag:!answered',",
    becomes: '',
    test: 'test/integration/guard-serving.test.ts',
  },
  {
    promise: 'G11',
    what: 'an interface with a default route is no reason',
    path: 'src/master/guard/decide.ts',
    was: 'if (facts.hasDefaultRoute)',
    becomes: 'if (false)',
    test: 'test/master/guard/decide.test.ts',
  },
  {
    promise: 'G11',
    what: 'a leased address is no reason',
    path: 'src/master/guard/decide.ts',
    was: 'if (given !== undefined)',
    becomes: 'if (false)',
    test: 'test/master/guard/decide.test.ts',
  },
  {
    promise: 'G12',
    what: "any token of a machine's is taken for the right one",
    path: 'src/master/intake/tokens.ts',
    was: '.filter(({ token }) => equalSecrets(token, text))',
    becomes: '',
    test: 'test/master/intake/tokens.test.ts',
  },
  {
    promise: 'G12',
    what: 'a spent token stores another record',
    path: 'src/master/intake/upload-routes.ts',
    was: 'if (spentOn !== undefined && !isRepetition) throw spent();',
    becomes: '',
    test: 'test/master/intake/upload-routes.test.ts',
  },
  {
    promise: 'G13',
    what: 'a body in pieces has no limit',
    path: 'src/master/http/incoming-body.ts',
    was: 'if (sizeBytes > limitBytes) throw tooLarge(limitBytes);',
    becomes: '',
    test: 'test/master/http/incoming-body.test.ts',
  },
  {
    promise: 'G13',
    what: 'a gzip bomb is unpacked to its end',
    path: 'src/master/http/incoming-body.ts',
    was: 'if (isBomb || unpackedBytes > unpackedLimitBytes)',
    becomes: 'if (false)',
    test: 'test/master/http/incoming-body.test.ts',
  },
  {
    promise: 'G14',
    what: 'a receipt is given away before it is on the medium',
    path: 'src/master/intake/commit.ts',
    was: '  await sync();\n  stored.receipt = receipt;',
    becomes: '  stored.receipt = receipt;',
    test: 'test/master/intake/store.test.ts',
  },
  {
    promise: 'G14',
    what: 'a receipt is written before the content is on the medium',
    path: 'src/master/intake/commit.ts',
    was: '  await sync();\n  await readBack(',
    becomes: '  await readBack(',
    test: 'test/master/intake/store.test.ts',
  },
  {
    promise: 'G15',
    what: 'what the medium gives back is not compared',
    path: 'src/master/intake/commit.ts',
    was: 'if (found.sha256 !== sha256) {',
    becomes: 'if (false) {',
    test: 'test/master/intake/receipt-order.test.ts',
  },
  {
    promise: 'G16',
    what: 'equal firmware values alone make one machine of two',
    path: 'src/judge/identity/same-machine.ts',
    was: "if (hardwareAgrees === 0) return hardwareDiffers >= 2 ? 'different' : 'unclear';",
    becomes: "if (hardwareAgrees === 0) return 'same';",
    test: 'test/judge/identity/same-or-not.test.ts',
  },
  {
    promise: 'G18',
    what: 'a receipt for other bytes counts',
    path: 'src/peer/upload-verdict.ts',
    was: 'if (receipt[name] === sent[name]) continue;',
    becomes: 'continue;',
    test: 'test/peer/upload.test.ts',
  },
  {
    promise: 'G22',
    what: 'a machine without a receipt is switched off',
    path: 'src/peer/power.ts',
    was: '  if (receipt === undefined) throw refusal();\n  if (!facts.hasBmc)',
    becomes: '  if (!facts.hasBmc)',
    test: 'test/peer/power.test.ts',
  },
  {
    promise: 'G24',
    what: 'the kernel command line is shared',
    path: 'src/desk/share/record-rules.ts',
    was: "kernel: { keep: 'release', drop: 'commandLine' },",
    becomes: "kernel: { keep: 'release commandLine' },",
    test: 'test/canaries/canaries.test.ts',
  },
  {
    promise: 'G24',
    what: 'records are shared as they are',
    path: 'src/desk/share/share.ts',
    was: "const stored = { mac, revision: node.revision ?? 1, directory, recordSha256: '', captureSha256: undefined, facts: recordFacts(record) };",
    becomes:
      "const stored = { mac, revision: node.revision ?? 1, directory, recordSha256: '', captureSha256: undefined, facts: recordFacts(node.record) }; await writeAtomic(join(directory, RECORD_FILE), JSON.stringify(node.record));",
    test: 'test/canaries/canaries.test.ts',
  },
  {
    promise: 'G24',
    what: 'passwords in kernel arguments are captured',
    path: 'src/peer/capture/copier.ts',
    was: "path === 'proc/cmdline' ? withoutSecretArguments(content) : content",
    becomes: 'content',
    test: 'test/canaries/canaries.test.ts',
  },
  {
    promise: 'G24',
    what: 'the SNMP community of a BMC is captured',
    path: 'src/peer/capture/commands/lan-fields.ts',
    was: 'return onlyLines(stdout, (key) => KEPT.has(key));',
    becomes: 'return stdout;',
    test: 'test/canaries/canaries.test.ts',
  },
  {
    promise: 'G17',
    what: 'events are numbered by the clock',
    path: 'src/master/ledger/ledger.ts',
    was: 'const event: LedgerEvent = { sequence: sequence + 1,',
    becomes: 'const event: LedgerEvent = { sequence: Math.floor(now().getTime() / 1000),',
    test: 'test/chaos/clocks.test.ts',
  },
  {
    promise: 'G18',
    what: 'gzip that was damaged on its way is refused for good',
    path: 'src/master/http/incoming-body.ts',
    was: 'throw sha256 === undefined || found === sha256 ? fault : hashMismatch(found, sha256);',
    becomes: 'throw fault;',
    test: 'test/chaos/uploads.test.ts',
  },
  {
    promise: 'G19',
    what: 'a range ends behind the end of its file',
    path: 'src/master/http/http-range.ts',
    was: 'Math.min(Number(lastText), sizeBytes - 1)',
    becomes: 'Number(lastText)',
    test: 'test/fuzz/log-lines.test.ts',
  },
  {
    promise: 'G19',
    what: 'seventeen colons are an address of a machine',
    path: 'src/master/dhcp/dnsmasq/log.ts',
    was: "  if (mac === undefined) return undefined;\n  if (rest.trim() === 'ignored')",
    becomes: "  if (rest.trim() === 'ignored')",
    test: 'test/fuzz/log-lines.test.ts',
  },
  {
    promise: 'G19',
    what: 'a capture that is none is read on',
    path: 'src/master/guard/packets/pcap-stream.ts',
    was: "if (littleEndian === undefined) throw broken('it does not begin with a pcap header');",
    becomes: "if (littleEndian === undefined) throw new TypeError('no header');",
    test: 'test/fuzz/guard-frames.test.ts',
  },
];
