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
  it('names the step that failed, and goes on there', async () => {
    const broken =
      'mkdir /tmp/broken; printf "#!/bin/sh\\nexit 1\\n" > /tmp/broken/useradd; chmod 755 /tmp/broken/useradd; export PATH=/tmp/broken:/usr/sbin:/usr/bin:/sbin:/bin';
    const failed = await inside(`${broken}; exec ${process.execPath} src/main.ts head ${INSTALL}`);
    assert.equal(failed.exitCode, 1, said(failed));
    assert.match(said(failed), /\[1\/8\] user failed: useradd .*\n {2}try: .*run the same command again/);
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
    assert.match(said(third), /way out: took recon-nat\.service away/);
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
  it('is taken away; what people made stays, and belongs to root', async () => {
    const removed = await head('remove');
    assert.equal(removed.exitCode, 0, said(removed));
    const left = await inside(
      'ls /etc/systemd/system/recon* /etc/sysctl.d/*recon* /etc/nftables-recon.conf /usr/local/lib/recon /usr/local/bin/recon 2> /dev/null; getent passwd recon-head; find /etc /var /srv /usr/local -xdev -nouser -path "*recon*"',
    );
    assert.equal(left.stdout.toString(), '');
    assert.equal((await inside('test "$(stat --format=%U /etc/recon/pool/pool.yaml)" = root')).exitCode, 0);
    assert.equal((await head('remove')).exitCode, 3);
  });
});
