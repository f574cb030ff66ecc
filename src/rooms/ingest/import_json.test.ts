import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';

/** The functions of seed 001 that take the load import as JSON, called as a person in psql would. */

const database = await testDatabase();
const call = async (text: string, ...values: unknown[]) =>
  (
    await database.api.query<Record<string, unknown>>(
      text,
      values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : value)),
    )
  )[0]!;
let serviceId: number;
let groupId: number;

const good = [
  { A: '01.01.2024 09:00:00', B: '10', C: '15', D: '300', E: '30' },
  { A: '01.01.2024 09:15:00', B: '12', C: '14', D: '280', E: '25' },
];
const bad = { A: '31.02.2024 09:30:00', B: 'x', C: 1.5, D: -1, E: '' };

beforeAll(async () => {
  const [row] = await database.owner.query<{ service_id: number; group_id: number }>(
    `with s as (select org.create_service('JSON', null, 'Europe/Berlin') as service_id) select s.service_id, org.create_queue(s.service_id, 'LINE') as group_id from s`,
  );
  serviceId = row!.service_id;
  groupId = row!.group_id;
});

describe('validate_argus_format', () => {
  test('good rows are valid, given by letters, headers or canonical names', async () => {
    const rows = [
      ...good,
      { 'Start time': '01.01.2024 09:30:00', 'Unique incoming': 1, 'Non-unique incoming': 2, 'Average talk time': 3, 'Post-processing': 4 },
    ];
    expect(await call('select * from api.validate_argus_format($1)', rows)).toEqual({
      is_valid: true,
      total_rows: 3,
      valid_rows: 3,
      errors: [],
      warnings: [],
    });
  });

  test('each mistake is told with row, column, error and value', async () => {
    const { errors, ...counts } = await call('select * from api.validate_argus_format($1)', [...good, bad, 5, {}]);
    expect(counts).toEqual({ is_valid: false, total_rows: 5, valid_rows: 2, warnings: [] });
    expect(
      (errors as { row: number; column: string; rule: string; value: string }[]).map(({ row, column, rule, value }) => [row, column, rule, value]),
    ).toEqual([
      [3, 'A', 'DATE_DOES_NOT_EXIST', '31.02.2024 09:30:00'],
      [3, 'D', 'NEGATIVE_VALUE', '-1'],
      [3, 'B', 'NOT_A_NUMBER', 'x'],
      [3, 'C', 'NOT_A_WHOLE_NUMBER', '1.5'],
      [3, 'E', 'VALUE_BLANK', ''],
      [4, null, 'NOT_AN_OBJECT', '5'],
    ]);
  });

  test('what is no array is refused', async () => {
    for (const data of [{ A: 1 }, null])
      await expect(call('select * from api.validate_argus_format($1::jsonb)', data)).rejects.toMatchObject({ code: 'QH400' });
  });

  test('may be called again and again in one transaction', async () => {
    await database.inTransaction(async (tx) => {
      for (let i = 0; i < 3; i++)
        expect(await tx.query('select is_valid from api.validate_argus_format($1)', [JSON.stringify(good)])).toEqual([{ is_valid: true }]);
    }, 'api');
  });
});

describe('import_argus_format_data', () => {
  const facts = `select f.interval_start_time at time zone 'Europe/Berlin' as start, f.offered, f.unique_offered, f.talk_seconds, f.wrap_seconds, s.external_name, s.group_id
    from statistics.contact_statistics f join org.source_spans s on s.source_id = f.source_id order by 1, 6`;

  test('good rows go in, the others are explained', async () => {
    const answer = await call(
      'select * from api.import_argus_format_data(p_data := $1, p_service_id := $2, p_group_id := null, p_validate_only := false)',
      [...good, bad],
      serviceId,
    );
    expect(answer).toMatchObject({ status: 'completed_with_errors', rows_processed: 3, rows_imported: 2, rows_rejected: 1, rows_inserted: 2 });
    expect(await database.owner.query(facts)).toEqual([
      { start: '2024-01-01 09:00:00', offered: 15, unique_offered: 10, talk_seconds: 4500, wrap_seconds: 450, external_name: '', group_id: 0 },
      { start: '2024-01-01 09:15:00', offered: 14, unique_offered: 12, talk_seconds: 3920, wrap_seconds: 350, external_name: '', group_id: 0 },
    ]);
    const [batch] = await database.api.query(
      `select status, records_processed, records_failed, rows_inserted from api.import_batches where id = $1`,
      [answer.batch_id],
    );
    expect(batch).toEqual({ status: 'completed_with_errors', records_processed: 3, records_failed: 1, rows_inserted: 2 });
    expect((await call('select count(*) from api.import_errors where import_batch_id = $1', answer.batch_id)).count).toBe(5);
    await database.api.query('select api.undo_batch($1)', [answer.batch_id]);
    expect(await database.owner.query(facts)).toEqual([]);
  });

  test('the same rows again change nothing', async () => {
    await call('select * from api.import_argus_format_data($1, $2)', good, serviceId);
    expect(await call('select * from api.import_argus_format_data($1, $2)', good, serviceId)).toMatchObject({
      status: 'completed',
      rows_inserted: 0,
      rows_unchanged: 2,
    });
  });

  test('only validating keeps nothing', async () => {
    expect(await call('select * from api.import_argus_format_data($1, $2, null, true)', [...good, bad], serviceId)).toMatchObject({
      batch_id: null,
      status: 'validation_only',
      rows_imported: 0,
      rows_rejected: 1,
    });
  });

  test('rows of which none is good make no batch', async () => {
    expect(await call('select * from api.import_argus_format_data($1, $2)', [bad], serviceId)).toMatchObject({
      batch_id: null,
      status: 'validation_failed',
      rows_imported: 0,
    });
  });

  test('rows for a queue belong to a source that is mapped to it', async () => {
    await call('select * from api.import_argus_format_data($1, $2, $3)', good, serviceId, groupId);
    expect((await database.owner.query(facts)).filter(({ external_name: name }) => name === 'LINE')).toEqual([
      expect.objectContaining({ offered: 15, group_id: groupId }),
      expect.objectContaining({ offered: 14, group_id: groupId }),
    ]);
  });

  test('an unknown service, queue or interval is refused', async () => {
    await expect(call('select * from api.import_argus_format_data($1, 999999)', good)).rejects.toMatchObject({ code: 'QH404' });
    await expect(call('select * from api.import_argus_format_data($1, $2, 999999)', good, serviceId)).rejects.toMatchObject({ code: 'QH404' });
    await expect(call('select * from api.import_argus_format_data($1, $2, null, false, 7)', good, serviceId)).rejects.toMatchObject({
      code: 'QH400',
    });
  });
});

describe('preview_argus_import', () => {
  test('shows the first rows as they would be read', async () => {
    const rows = await database.api.query('select * from api.preview_argus_import($1, 2)', [JSON.stringify([good[0], bad, good[1]])]);
    expect(rows).toEqual([
      {
        row_num: 1,
        start_time: '01.01.2024 09:00:00',
        start_time_parsed: new Date('2024-01-01T09:00:00Z'),
        unique_incoming: 10,
        non_unique_incoming: 15,
        avg_talk_time_seconds: 300,
        post_processing_seconds: 30,
        validation_status: 'VALID',
      },
      expect.objectContaining({ row_num: 2, start_time_parsed: null, validation_status: expect.stringContaining('does not exist') }),
    ]);
  });
});

describe('get_argus_import_template', () => {
  test('its example is valid', async () => {
    const columns = await database.api.query<{ column_letter: string; example_value: string; is_required: boolean }>(
      'select * from api.get_argus_import_template()',
    );
    expect(columns.map(({ column_letter: letter }) => letter)).toEqual(['A', 'B', 'C', 'D', 'E']);
    const example = Object.fromEntries(columns.map(({ column_letter: letter, example_value: value }) => [letter, value]));
    expect(await call('select * from api.validate_argus_format($1)', [example])).toMatchObject({ is_valid: true, valid_rows: 1 });
  });
});

describe('import_excel_batch', () => {
  test('takes a spreadsheet’s own words; what no row says is unknown, not zero', async () => {
    const rows = [
      { timestamp: '02.01.2024 09:00:00', calls: 15, talk_time: 300 },
      { timestamp: '02.01.2024 09:15:00', calls: 'many', talk_time: 300 },
    ];
    const answer = await call('select * from api.import_excel_batch(p_batch_data := $1, p_service_id := $2)', rows, serviceId);
    expect(answer).toMatchObject({ status: 'completed_with_errors', rows_processed: 2, rows_imported: 1, rows_failed: 1 });
    expect(
      await database.owner.query(
        'select offered, unique_offered, talk_seconds, wrap_seconds from statistics.contact_statistics where batch_id = $1',
        [answer.batch_id],
      ),
    ).toEqual([{ offered: 15, unique_offered: null, talk_seconds: 4500, wrap_seconds: null }]);
  });

  test('a row without the number of calls is told', async () => {
    expect(
      await call('select * from api.import_excel_batch($1, $2)', [{ timestamp: '02.01.2024 09:00:00', talk_time: 300 }], serviceId),
    ).toMatchObject({ status: 'validation_failed', errors: [expect.objectContaining({ rule: 'VALUE_BLANK' })] });
  });
});
