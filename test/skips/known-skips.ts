/** A test that cannot run everywhere, and where not. */
export interface KnownSkip {
  /** below test/ */
  file: string;
  /** the name of the test, or of the suite */
  test: string;
  /** what the test says when it skips; with other words it is another skip, which nobody accepted */
  says: string;
  /** on which machines, and why nothing can be done about it there */
  accepted: string;
}

const NO_SYSTEMD = 'in containers without systemd';
const NO_KIWI = 'on Debian 13, which has no package of KIWI; a build makes itself a tree with it, and the rehearsal needs that build';

/** With CI=true every other skip is a failure. An entry is taken away when its test runs everywhere, or is gone (a test looks for that). */
export const KNOWN_SKIPS: readonly KnownSkip[] = [
  {
    file: 'overlay/unit-exposure.test.ts',
    test: 'no unit of ours is more exposed than it has to be',
    says: 'there is no systemd-analyze on this host',
    accepted: NO_SYSTEMD,
  },
  {
    file: 'pool/install/text/texts.test.ts',
    test: 'systemd takes both units, and neither is more exposed than it has to be',
    says: 'there is no systemd-analyze on this host',
    accepted: NO_SYSTEMD,
  },
  {
    file: 'overlay/unit-exposure.test.ts',
    test: 'what systemd runs for a moment has no more rights than that takes',
    says: 'there is no systemd-analyze on this host',
    accepted: NO_SYSTEMD,
  },
  {
    file: 'builder/disk/ovf-standard.test.ts',
    test: 'the descriptor is valid by the schema of DMTF',
    says: 'needs RECON_OVF_SCHEMA=…/dsp8023_1.1.0.xsd, and xmllint',
    accepted: 'where nobody has fetched DSP8023, which is not ours to carry; the rules of it that matter are tested everywhere',
  },
  {
    file: 'integration/units/restarts.test.ts',
    test: 'the units of the image under systemd: a master without a stick',
    says: 'there is no systemd on this host',
    accepted: NO_SYSTEMD,
  },
  {
    file: 'integration/units/peer-units.test.ts',
    test: 'the units of the image under systemd: a peer',
    says: 'there is no systemd on this host',
    accepted: NO_SYSTEMD,
  },
  {
    file: 'integration/units/head-unit.test.ts',
    test: 'the unit of a head node under systemd: a pool that is a link into a git checkout',
    says: 'there is no systemd on this host',
    accepted: NO_SYSTEMD,
  },
  {
    file: 'pool/image/build/root-scripts.test.ts',
    test: 'what persists becomes mounts of an NFS server',
    says: 'there is no systemd-escape on this host',
    accepted: NO_SYSTEMD,
  },
  {
    file: 'integration/guard-segments.test.ts',
    test: 'inside a VLAN: only what is tagged with it counts',
    says: 'this kernel has no VLANs',
    accepted: 'in a kernel without 8021q, as small virtual machines and containers have it: no module can be loaded there',
  },
  {
    file: 'builder/image/tool-root.test.ts',
    test: 'a host with kiwi-ng uses its own',
    says: 'there is no kiwi-ng on this host',
    accepted: NO_KIWI,
  },
  {
    file: 'builder/suse-recipe.test.ts',
    test: "KIWI's schema and schematron accept the description of each recipe",
    says: 'there is no kiwi-ng on this host (Debian packages it up to release 12)',
    accepted: NO_KIWI,
  },
  {
    file: 'builder/suse-recipe.test.ts',
    test: 'the check can fail: a value that the schema does not know, an rpm repository for debootstrap',
    says: 'there is no kiwi-ng on this host (Debian packages it up to release 12)',
    accepted: NO_KIWI,
  },
  {
    file: 'cli/cli.test.ts',
    test: 'building without root: said, with the command to type; exit code 2',
    says: 'nobody but root can read this checkout',
    accepted: 'in a checkout below a directory of root alone, such as /root: nobody else can start the program there',
  },
];
