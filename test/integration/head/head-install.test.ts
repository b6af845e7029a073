import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../../src/platform/process/command.ts';

const REPOSITORY = join(import.meta.dirname, '../../..');
const isRoot = process.getuid?.() === 0;

/**
 * This machine's own tree with a layer in RAM over it, in namespaces of its own: what is installed there is never seen here. No systemd runs in it,
 * so units are written and enabled, and not started.
 */
const IN_A_LAYER = `
set -eu
layer=$1; shift
mkdir -p $layer/root
mount -t overlay overlay -o lowerdir=/,upperdir=$layer/top/upper,workdir=$layer/top/work $layer/root
mount --rbind /proc $layer/root/proc
mount -t sysfs sysfs $layer/root/sys
mount --rbind /dev $layer/root/dev
mount -t tmpfs tmpfs $layer/root/run
ip link set lo up
ip link add eth0 type veth peer name world
ip link add eth1 type veth peer name room
for name in world eth0 room; do ip link set $name up; done
ip address add 192.0.2.10/24 dev eth0
ip route add default via 192.0.2.1
mkdir -p $layer/root/usr/lib/ipxe
: > $layer/root/usr/lib/ipxe/undionly.kpxe
cd $layer/root
exec chroot . sh -c "cd '$REPOSITORY'
$*"
`;

describe('a server becomes a head node, and stops being one', { skip: isRoot ? false : 'needs root' }, () => {
  const stack = new AsyncDisposableStack();
  let layer = '';
  before(async () => {
    layer = stack.use(await temporaryDirectory('recon-install-')).path;
    await mkdir(join(layer, 'top'));
    const mounted = await run(['mount', '-t', 'tmpfs', 'tmpfs', join(layer, 'top')], { timeoutMs: 60_000 });
    assert.equal(mounted.status, 'ok', mounted.stderr.toString());
    stack.defer(async () => void (await run(['umount', '--lazy', join(layer, 'top')], { timeoutMs: 60_000 })));
    await mkdir(join(layer, 'top/upper'));
    await mkdir(join(layer, 'top/work'));
    // this machine may be a head node itself
    assert.equal((await inside('rm -rf /etc/recon')).exitCode, 0);
  });
  after(() => stack.disposeAsync());

  const inside = (script: string): Promise<CommandResult> =>
    run(['unshare', '--mount', '--net', '--fork', '--kill-child', 'sh', '-c', IN_A_LAYER, 'sh', layer, script], {
      timeoutMs: 600_000,
      environment: { REPOSITORY },
    });
  const head = (words: string): Promise<CommandResult> => inside(`exec ${process.execPath} src/main.ts head ${words}`);
  const said = ({ stdout, stderr }: CommandResult): string => `${stdout.toString()}${stderr.toString()}`;
  const INSTALL = 'install --private eth1 --public eth0 --no-images --no-packages';

  it('refuses the side with the default route, and changes nothing', async () => {
    const refused = await head('install --private eth0 --no-images --no-packages');
    assert.equal(refused.exitCode, 2, said(refused));
    assert.match(said(refused), /The default route leads over eth0/);
    assert.equal((await inside('test ! -e /etc/recon')).exitCode, 0);
  });
  it('says who has a port, and which firewall is in the way', async () => {
    const busy = `${process.execPath} -e "require('node:http').createServer().listen(80)" & sleep 1`;
    const rules = 'nft add table inet mine; nft add chain inet mine in "{ type filter hook input priority 0; policy drop; }"';
    const checked = await inside(
      `${busy}; ${rules}; ${process.execPath} src/main.ts head check --private eth1 --json; code=$?; kill $!; exit $code`,
    );
    assert.equal(checked.exitCode, 1, said(checked));
    const { faults } = JSON.parse(checked.stdout.toString()) as { faults: { code: string; weight: string }[] };
    const codes = faults.map(({ code, weight }) => `${code} ${weight}`);
    assert.ok(codes.includes('port-used stops') && codes.includes('firewall warns'), codes.join());
  });
  it('names a DHCP server of somebody else on the private side, and refuses', async () => {
    const server =
      '--no-daemon --conf-file=/dev/null --port=0 --interface=room --bind-interfaces --dhcp-range=10.10.0.50,10.10.0.60 --leasefile-ro';
    // in a namespace of its own: what this machine sends itself is nobody else's
    const elsewhere = `ip netns add other && ip link set room netns other && ip -n other link set room up && ip -n other address add 10.10.0.9/16 dev room && ip netns exec other dnsmasq --pid-file= ${server} & sleep 2`;
    const refused = await inside(
      `${elsewhere}; ${process.execPath} src/main.ts head ${INSTALL}; code=$?; ip netns pids other | xargs -r kill; exit $code`,
    );
    assert.equal(refused.exitCode, 2, said(refused));
    assert.match(said(refused), /On eth1 another DHCP server answers: at 10\.10\.0\.9/);
  });
  // several faults at a time: each run starts the program, and listens
  const REFUSED: [what: string, before: string, says: RegExp[]][] = [
    ['an interface that is not there', 'ip link del eth1', [/This server has no interface eth1/]],
    [
      'a port of a bridge, with an address of another network, and both sides in one range',
      'ip address add 192.168.3.4/24 dev eth1; ip address add 10.10.7.1/24 dev eth0; ip link add br0 type bridge; ip link set eth1 master br0',
      [
        /eth1 is a port of br0\.\n.*--private br0/,
        /eth1 has 192\.168\.3\.4\/24, which is not of/,
        /10\.10\.0\.0\/16 is not free: eth0 has 10\.10\.7\.1\/24/,
      ],
    ],
    [
      'no systemd, no room, a user of somebody',
      'mount --bind /bin/false /usr/bin/systemctl; for one in /usr/local /var/lib; do mount -t tmpfs -o size=9m tmpfs $one; done; cp /etc/passwd /run/p; echo recon-head:x:77:77::/home/r:/bin/sh >> /run/p; mount --bind /run/p /etc/passwd',
      [
        /This server has no systemd/,
        /\/usr\/local\/lib\/recon has 9 MB free/,
        /\/var\/lib\/recon has 9 MB free/,
        /There is a user recon-head already/,
      ],
    ],
    [
      'a group of that name, and settings by hand whose images lie in a home',
      'cp /etc/group /run/g; echo recon-head:x:77:ada >> /run/g; mount --bind /run/g /etc/group; mkdir -p /run/r; printf "interface: eth1\\nimages: /home/ada/images\\n" > /run/r/head.yaml; mkdir -p /etc/recon; mount --bind /run/r /etc/recon; trap "umount -l /etc/recon; rmdir /etc/recon" EXIT',
      [
        /There is a group recon-head already, and no user.*\n.*groupdel recon-head/,
        /images: in head\.yaml is \/home\/ada\/images, which a service does not see/,
      ],
    ],
  ];
  for (const [what, before, says] of REFUSED) {
    it(`refuses ${what}: a sentence for each, and nothing is changed`, async () => {
      const refused = await inside(`${before}; ${process.execPath} src/main.ts head ${INSTALL}; exit $?`);
      assert.equal(refused.exitCode, 2, said(refused));
      for (const one of says) assert.match(said(refused), one);
      assert.match(said(refused), /nothing was changed:/);
      assert.equal((await inside('test ! -e /etc/recon && test ! -e /usr/local/lib/recon && ! getent passwd recon-head')).exitCode, 0);
    });
  }
  it('refuses each port that somebody has, all in one answer', async () => {
    const wanted: [protocol: string, port: number][] = [
      ['udp', 53],
      ['udp', 67],
      ['udp', 69],
      ['tcp', 80],
      ['tcp', 443],
    ];
    const listen = wanted.map(([protocol, port]) =>
      protocol === 'udp'
        ? `require('node:dgram').createSocket('udp4').bind(${port})`
        : `require('node:net').createServer().listen(${port})`,
    );
    const busy = `${process.execPath} -e "${listen.join(';')}" & sleep 1`;
    const refused = await inside(`${busy}; ${process.execPath} src/main.ts head ${INSTALL}; code=$?; kill $!; exit $code`);
    assert.equal(refused.exitCode, 2, said(refused));
    for (const [protocol, port] of wanted) assert.match(said(refused), new RegExp(`needs ${protocol} port ${port}, and .* has it`));
    assert.equal((await inside('test ! -e /etc/recon')).exitCode, 0);
  });
  it('names the step that failed, and goes on there', async () => {
    const broken =
      'mkdir /tmp/broken; printf "#!/bin/sh\\nexit 1\\n" > /tmp/broken/useradd; chmod 755 /tmp/broken/useradd; export PATH=/tmp/broken:/usr/sbin:/usr/bin:/sbin:/bin';
    const failed = await inside(`${broken}; exec ${process.execPath} src/main.ts head ${INSTALL}`);
    assert.equal(failed.exitCode, 1, said(failed));
    assert.match(said(failed), /\[1\/8\] user failed: useradd .*\n {2}try: .*run the same command again/);
  });
  it('goes on where it was killed, whichever step that was in', async () => {
    const KILLERS = { cp: '', chown: '/etc/recon/pool', systemctl: 'enable' };
    for (const [program, words] of Object.entries(KILLERS)) {
      // in the middle of its step the program that it runs ends it, as a power cut would
      const text = `#!/bin/sh\ncase "$*" in *${words}*) kill -9 $PPID; exit 1;; esac\nPATH=/usr/sbin:/usr/bin exec ${program} "$@"\n`;
      const killed = await inside(
        `mkdir /run/kill; printf %s '${text}' > /run/kill/${program}; chmod 755 /run/kill/${program}; export PATH=/run/kill:/usr/sbin:/usr/bin; ${process.execPath} src/main.ts head ${INSTALL}; exit $?`,
      );
      assert.notEqual(killed.exitCode, 0, said(killed));
      assert.doesNotMatch(said(killed), /failed/);
      assert.equal((await inside('test ! -e /etc/systemd/system/multi-user.target.wants/recon-head.service')).exitCode, 0, program);
    }
    const done = await head(INSTALL);
    assert.equal(done.exitCode, 0, said(done));
    const again = await head(INSTALL);
    assert.equal(again.exitCode, 3, said(again));
    const reads = 'setpriv --reuid=recon-head --regid=recon-head --clear-groups /usr/local/bin/recon pool check /etc/recon/pool';
    const whole = await inside(`cd /; ${reads}; ls -d /usr/local/lib/recon.*`);
    // four that an install writes, and two that each pool has
    assert.match(said(whole), /6 profiles/);
    assert.doesNotMatch(said(whole), /recon\.(new|old)/);
  });
  it('installs; the second time nothing is changed; an option changes its own part', async () => {
    const first = await head(`${INSTALL} --nat`);
    assert.equal(first.exitCode, 0, said(first));
    const files = 'find /etc /usr/local /var/lib/recon -newer /tmp/.before 2> /dev/null | grep -v "^/etc$" || true';
    const second = await inside(
      `touch /tmp/.before; sleep 1; ${process.execPath} src/main.ts head ${INSTALL} --nat; code=$?; ${files}; exit $code`,
    );
    assert.equal(second.exitCode, 3, said(second));
    assert.match(said(second), /nothing was changed/);
    assert.doesNotMatch(second.stdout.toString(), /^\//m);
    const third = await head(INSTALL);
    assert.equal(third.exitCode, 0, said(third));
    assert.match(said(third), /settings: already so/);
    assert.match(said(third), /way out: took \S+recon-nat\.service away/);
  });
  it('takes a copy of a certificate of the administrator, and refuses one whose key is another one', async () => {
    const make = (name: string): string =>
      `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=${name} -days 90 -keyout /tmp/${name}.key -out /tmp/${name}.pem 2> /dev/null`;
    const recon = `${process.execPath} src/main.ts head ${INSTALL}`;
    const wrong = await inside(`${make('one')}; ${make('two')}; exec ${recon} --certificate /tmp/one.pem --key /tmp/two.key`);
    assert.equal(wrong.exitCode, 2, said(wrong));
    assert.match(said(wrong), /\/tmp\/two\.key is not the key of \/tmp\/one\.pem/);
    const taken = await inside(`exec ${recon} --certificate /tmp/one.pem --key /tmp/one.key`);
    assert.equal(taken.exitCode, 0, said(taken));
    const again = await inside(`exec ${recon} --certificate /tmp/one.pem --key /tmp/one.key`);
    assert.equal(again.exitCode, 3, said(again));
    const kept = await inside(
      `cmp /tmp/one.key /etc/recon/tls/key.pem && grep "^key: .*/etc/recon/tls/key.pem" /etc/recon/head.yaml && test "$(stat --format=%U:%a /etc/recon/tls/key.pem)" = recon-head:600 && exec ${recon}`,
    );
    assert.equal(kept.exitCode, 3, said(kept));
  });
  it('what was installed stands by itself: the program, the unit, a pool that is whole', async () => {
    const script = [
      'cd /',
      '/usr/local/bin/recon pool check /etc/recon/pool',
      'test -L /etc/systemd/system/multi-user.target.wants/recon-head.service',
      'id recon-head',
      'setpriv --reuid=recon-head --regid=recon-head --clear-groups /usr/local/bin/recon pool check /etc/recon/pool',
      'test "$(stat --format=%U:%a /etc/recon/secrets)" = recon-head:700',
    ].join(' && ');
    const found = await inside(script);
    assert.equal(found.exitCode, 0, said(found));
  });
  it('writes an edited unit anew and keeps what stood there; settings of yours stay', async () => {
    const unit = '/etc/systemd/system/recon-head.service';
    const edited = await inside(
      `sed -i s/^RestartSec=.*/RestartSec=77/ ${unit}; echo 'peopleListen: "8443"' >> /etc/recon/head.yaml; exec ${process.execPath} src/main.ts head ${INSTALL}`,
    );
    assert.equal(edited.exitCode, 0, said(edited));
    assert.match(said(edited), /wrote \S+recon-head\.service anew \(what stood there: \/etc\/recon\/replaced\/recon-head\.service\)/);
    const kept = await inside(
      `grep RestartSec=77 /etc/recon/replaced/recon-head.service && ! grep RestartSec=77 ${unit} && grep 8443 /etc/recon/head.yaml && sed -i /8443/d /etc/recon/head.yaml`,
    );
    assert.equal(kept.exitCode, 0, said(kept));
    assert.equal((await head(INSTALL)).exitCode, 3);
    const broken = await inside(
      `sed -i s/^interface/interfce/ /etc/recon/head.yaml; ${process.execPath} src/main.ts head ${INSTALL}; code=$?; sed -i s/^interfce/interface/ /etc/recon/head.yaml; exit $code`,
    );
    assert.equal(broken.exitCode, 2, said(broken));
    assert.match(said(broken), /\/etc\/recon\/head\.yaml line 3: .*interfce/);
  });
  it('follows settings that were begun by hand: images on another disk, and secrets where nothing is said of them', async () => {
    const settings = '/etc/recon/head.yaml';
    const begun = await inside(
      `cp ${settings} /tmp/head.yaml; printf 'interface: eth1\\nimages: /data/images\\n' > ${settings}; exec ${process.execPath} src/main.ts head ${INSTALL}`,
    );
    assert.equal(begun.exitCode, 0, said(begun));
    assert.match(said(begun), /folders: made \/data\/images/);
    const served = await inside(
      `grep '^ReadWritePaths=.* -/data/images' /etc/systemd/system/recon-head.service && test "$(stat --format=%U /data/images)" = recon-head && /usr/local/bin/recon image list && ! grep secrets ${settings}`,
    );
    assert.equal(served.exitCode, 0, said(served));
    assert.match(said(served), /\/data\/images/);
    const restored = await inside(`cp /tmp/head.yaml ${settings}; exec ${process.execPath} src/main.ts head ${INSTALL}`);
    assert.equal(restored.exitCode, 0, said(restored));
  });
  it('finds a pool that the service cannot read, and lets it in', async () => {
    const closed = 'chown -R nobody /etc/recon/pool; chgrp -R root /etc/recon/pool; chmod -R go= /etc/recon/pool';
    const checked = await inside(`${closed}; exec ${process.execPath} src/main.ts head check`);
    assert.equal(checked.exitCode, 1, said(checked));
    assert.match(said(checked), /The head cannot (read|write to) \/etc\/recon\/pool/);
    const mended = await head(INSTALL);
    assert.equal(mended.exitCode, 0, said(mended));
    const read = await inside(
      'test "$(stat --format=%U /etc/recon/pool/pool.yaml)" = nobody && exec setpriv --reuid=recon-head --regid=recon-head --clear-groups /usr/local/bin/recon pool check /etc/recon/pool',
    );
    assert.equal(read.exitCode, 0, said(read));
    await inside('chown -R recon-head: /etc/recon/pool');
  });
  it('says of a full disk which step it stopped, and leaves the program that ran', async () => {
    const full =
      'mkdir -p /run/copy && cp -a /usr/local/lib/recon /run/copy && mount -t tmpfs -o size=260m tmpfs /usr/local/lib && cp -a /run/copy/recon /usr/local/lib/ && echo x >> /usr/local/lib/recon/.installed';
    const stopped = await inside(
      `${full}; ${process.execPath} src/main.ts head ${INSTALL}; code=$?; ls /usr/local/lib; test -x /usr/local/lib/recon/recon || code=99; exit $code`,
    );
    assert.equal(stopped.exitCode, 1, said(stopped));
    assert.match(said(stopped), /program failed: .*No space left on device/s);
    assert.doesNotMatch(stopped.stdout.toString(), /recon\.new/);
  });
  it('is taken away; what people made stays, and belongs to root', async () => {
    const unit = '/etc/systemd/system/recon-head.service';
    const removed = await inside(`sed -i s/^RestartSec=.*/RestartSec=78/ ${unit}; exec ${process.execPath} src/main.ts head remove`);
    assert.equal(removed.exitCode, 0, said(removed));
    assert.match(said(removed), /took \S+recon-head\.service away \(what stood there: \/etc\/recon\/replaced\/recon-head\.service\)/);
    assert.equal((await inside('grep RestartSec=78 /etc/recon/replaced/recon-head.service')).exitCode, 0);
    const left = await inside(
      'ls /etc/systemd/system/recon* /etc/sysctl.d/*recon* /etc/nftables-recon.conf /usr/local/lib/recon /usr/local/bin/recon 2> /dev/null; getent passwd recon-head; find /etc /var /srv /usr/local -xdev -nouser -path "*recon*"',
    );
    assert.equal(left.stdout.toString(), '');
    assert.equal((await inside('test "$(stat --format=%U /etc/recon/pool/pool.yaml)" = root')).exitCode, 0);
    assert.equal((await head('remove')).exitCode, 3);
  });
});
