/**
 * Who may import whom (ARCHITECTURE.md). Every rule here is proven by scripts/fences.test.mjs, which plants a
 * violation of each and expects it to be caught.
 */

const TESTS = '(\\.test\\.tsx?$|/tests/|^e2e/|^bench/|^faults/|^packages/testkit/)';
const PURE = '^packages/(delivery|replies|audience|campaigns|reports)/src/';
const SMTP_LIBRARIES = '^node_modules/(nodemailer|smtp-server|smtp-connection|emailjs|sendmail)/';

export default {
  forbidden: [
    {
      name: 'contracts-import-zod-alone',
      comment: 'contracts is what crosses process boundaries: zod and nothing else.',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: TESTS },
      to: { pathNot: '^(packages/contracts/src/|node_modules/zod/)' },
    },
    {
      name: 'pure-rooms-have-no-node',
      comment:
        'delivery, replies, audience, campaigns and reports take time and entropy as arguments.',
      severity: 'error',
      from: { path: PURE, pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-rooms-import-pure-rooms',
      comment: 'A pure room may import contracts, another pure room, and the Temporal polyfill.',
      severity: 'error',
      from: { path: PURE, pathNot: TESTS },
      to: {
        dependencyTypesNot: ['core'],
        pathNot: [
          '^packages/(delivery|replies|audience|campaigns|reports|contracts)/src/',
          '^node_modules/temporal-',
        ],
      },
    },
    {
      name: 'smtp-touches-sockets-in-its-node-room',
      comment: 'smtp is a protocol over a transport port; only smtp/node (and its cli) know Node.',
      severity: 'error',
      from: { path: '^packages/smtp/src/', pathNot: [TESTS, '^packages/smtp/src/(node|cli)/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'smtp-imports-nobody',
      comment: 'The client is a leaf: it knows no list, no campaign and no database.',
      severity: 'error',
      from: { path: '^packages/smtp/src/', pathNot: TESTS },
      to: { path: '^(packages/(?!smtp/)|apps/|node_modules/)' },
    },
    {
      name: 'simulator-imports-what-it-simulates',
      comment:
        'The simulated world is pure: time and entropy come from the seed. Node is known to its command line alone.',
      severity: 'error',
      from: {
        path: '^packages/simulator/src/',
        pathNot: [TESTS, '^packages/simulator/src/node/'],
      },
      to: {
        pathNot:
          '^packages/(simulator/src/(?!node/)|smtp/src/(?!node/|cli/)|(delivery|replies|campaigns)/src/)',
      },
    },
    {
      name: 'product-does-not-import-the-simulator',
      comment: 'The simulator knows the product; the product does not know it.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: '^packages/simulator/' },
      to: { path: '^packages/simulator/' },
    },
    {
      name: 'product-has-no-smtp-library',
      comment: 'The SMTP client is written here; libraries are for tests and comparisons.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: TESTS },
      to: { path: SMTP_LIBRARIES },
    },
    {
      name: 'db-alone-imports-the-database',
      comment:
        'SQL and Prisma live in packages/db; everybody else calls its functions with a scope.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: [TESTS, '^packages/db/'] },
      to: { path: '^node_modules/(pg|pg-[a-z-]+|postgres|@prisma|prisma)/' },
    },
    {
      name: 'packages-do-not-import-db',
      comment: 'Only apps bring rules and data together.',
      severity: 'error',
      from: { path: '^packages/', pathNot: [TESTS, '^packages/db/'] },
      to: { path: '^packages/db/' },
    },
    {
      name: 'dashboard-does-not-deliver',
      comment:
        'The dashboard commits rows and notifies; it neither speaks SMTP nor knows the delivery core.',
      severity: 'error',
      from: { path: '^apps/dashboard/' },
      to: { path: '^packages/(smtp|delivery)/' },
    },
    {
      name: 'worker-alone-touches-the-queue',
      comment: 'Postgres says what is due; jobs are a hint that only the worker gives itself.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: [TESTS, '^apps/worker/'] },
      to: { path: '^node_modules/(bullmq|ioredis)/' },
    },
    {
      name: 'features-do-not-import-each-other',
      comment: 'What two features share moves to server/, to a package, or to ui.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/features/([^/]+)/' },
      to: { path: '^apps/dashboard/src/features/', pathNot: '^apps/dashboard/src/features/$1/' },
    },
    {
      name: 'features-do-not-import-routes',
      comment: 'app/ imports features/, never the other way round.',
      severity: 'error',
      from: { path: '^apps/dashboard/src/(features|server)/' },
      to: { path: '^apps/dashboard/src/app/' },
    },
    {
      name: 'apps-do-not-import-apps',
      comment:
        'Apps meet through Postgres, the queue and SMTP. Tests may start another app as their peer.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: TESTS },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'packages-do-not-import-apps',
      comment: 'Packages do not know who uses them.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'ui-only-shows',
      comment: 'ui is presentational: it takes what it shows as props.',
      severity: 'error',
      from: { path: '^packages/ui/src/', pathNot: TESTS },
      to: { path: '^packages/(?!ui/)|^apps/' },
    },
    {
      name: 'product-does-not-import-tests',
      comment: 'The testkit and test files are for tests, benchmarks and the start scripts.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: TESTS },
      to: { path: '(^packages/testkit/|\\.test\\.tsx?$|/tests/)' },
    },
    {
      name: 'packages-are-entered-by-name',
      comment: 'A relative path into another workspace goes past its exports.',
      severity: 'error',
      from: { path: '^(apps|packages)/([^/]+)/' },
      to: {
        path: '^(apps|packages)/',
        pathNot: '^$1/$2/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased', 'npm', 'npm-dev', 'npm-peer', 'npm-optional'],
      },
    },
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one file, or a third is missing.',
      severity: 'error',
      from: { pathNot: 'generated/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'The module is not there, or not in the package.json of this workspace.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(\\.next/|/generated/|\\.hikyaku/|test-results/)' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default', 'require'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.d.ts', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
