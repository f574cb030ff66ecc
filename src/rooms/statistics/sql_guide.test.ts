import { describe } from 'vitest';
import { everyStatementAnswers } from '../../../test/fixtures/guide.ts';

describe('every statement of the SQL guide answers', () => {
  everyStatementAnswers('sql', 7);
});
