/** docs/glossary.md: the words that everything here uses, and a line for each figure, printed from the registry in SQL. */

export interface GlossaryFigure {
  name: string;
  aliases: string[];
  title_en: string;
  title_ru: string;
  title_es: string;
  unit: string;
  formula: string;
  sql: string;
}

const units: Record<string, string> = {
  contacts: 'a whole number of contacts',
  intervals: 'a whole number of native intervals',
  minutes: 'minutes',
  seconds: 'seconds; a sum is whole, an average has decimals',
  percent: 'per cent, 0 to 100, in names `_pct`; a ratio of 0 to 1 would be called `_ratio`',
};

const terms: [string, string][] = [
  ['Contact', 'A call or message that a customer begins. *Offered* counts every one; *unique* counts the first of a customer in a day.'],
  ['Service', 'What customers call; in Argus a *project*. It has a time zone, a service level threshold and variant, and targets.'],
  ['Queue', 'A part of one service; in Argus a *group*, in SQL `group_id`. Group 0 is the service itself, −1 stands for names without a queue.'],
  ['Source', "Where figures come from: a kind and the name that the foreign system gives. The empty name is the service's own total."],
  ['Kind', '`report` an Argus report, `load` an A–E load, `live` our own events, `api` posted figures. Kinds are compared, never added up.'],
  ['Precedence', 'The order of kinds of a service. Where rows of different kinds overlap in time, the first kind counts.'],
  ['Fact', 'What one source says of one interval. Its key is service, source and start.'],
  ['Native interval', 'The length that a source gives: 15, 30 or 60 minutes. Coarser data are never split into finer.'],
  ['Rollup', "Sums of the facts that count, by hour (UTC), day and month (the service's zone). Equal to the facts at every commit."],
  ['Threshold', 'Seconds within which a contact must be answered to be in service level; 20 unless the service says otherwise.'],
  ['Unknown', 'Null. What a source does not say is neither 0 nor assumed; a ratio divides sums over the intervals that know both parts.'],
  ['Batch', 'One import of a file, or one call that posts figures. It can be undone: what it overwrote comes back.'],
  ['Agent', 'Who takes contacts, by the code that telephony knows; most are employees. Activity of agents is kept by the quarter hour.'],
  ['Period', 'From a moment up to another, which is not part of it. Without dates: the last 24 hours that have data.'],
];

/** The page as it stands in docs/glossary.md. */
export function glossary(figures: readonly GlossaryFigure[]): string {
  return (
    [
      '# Glossary',
      'The words, the units and a line for each figure. The table of figures is printed from `statistics.kpis`; `npx qh explain <figure>` prints one with its tests.',
      '## Words',
      terms.map(([word, meaning]) => `- **${word}**: ${meaning}`).join('\n'),
      '## Units',
      table(
        ['unit', 'means'],
        Object.entries(units).map(([unit, meaning]) => [unit, meaning]),
      ),
      'Columns named by the first SQL interface end in `_ms` or hold milliseconds (`aht`, `talk_time`, `post_processing`); ours are seconds. ' +
        'A ratio whose divisor is 0 is null.',
      '## Figures',
      table(
        ['figure', 'title', 'unit', 'formula', 'also called'],
        figures.map((figure) => [
          `\`${figure.name}\``,
          `${figure.title_en} · ${figure.title_ru} · ${figure.title_es}`,
          figure.unit,
          figure.formula,
          figure.aliases.map((alias) => `\`${alias}\``).join(' '),
        ]),
      ),
      '## The SQL of the figures',
      'Cut out of the function that answers every question. `p` is a piece (a rollup, or a fact that counts), `k` the same with its parts, `s` the sums of a bucket, `v` the service. Figures of agents (`agent_…`) are columns of `statistics.agent_figures` without that word.',
      ['```text', ...figures.map((figure) => `${figure.name} = ${figure.sql.replaceAll('\n', `\n${' '.repeat(4)}`)}`), '```'].join('\n'),
    ].join('\n\n') + '\n'
  );
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
