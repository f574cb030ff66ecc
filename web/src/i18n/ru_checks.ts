/** What the checks of health say and advise, by their names; English is what the server says (quality.rules). */
export const ruChecks = {
  'checkSays.backup.scheduled': 'Последняя резервная копия по расписанию сделана и проверена.',
  'checkSays.backup.verified_age': 'Последняя резервная копия, проверенная восстановлением и сравнением, сделана недавно.',
  'checkSays.connections.blocked': 'Никто не ждёт блокировку дольше пяти секунд.',
  'checkSays.connections.full_in_days': 'При нынешнем росте соединений хватит на месяцы.',
  'checkSays.connections.oldest_transaction': 'Ни одна транзакция этой базы данных не остаётся открытой надолго.',
  'checkSays.connections.used': 'У сервера остались свободные соединения.',
  'checkSays.data.freshness': 'Последние показатели свежие.',
  'checkSays.data.retention': 'Подробные данные, которые по правилу больше не хранятся, удалены.',
  'checkSays.jobs.failed': 'За последние сутки ни одно задание не завершилось окончательным сбоем.',
  'checkSays.jobs.failed_imports': 'За последние сутки ни один импорт не завершился ошибкой.',
  'checkSays.jobs.waiting': 'Задания начинаются вскоре после назначенного времени.',
  'checkSays.partitions.pruning': 'Запрос за один день читает только секции этого дня.',
  'checkSays.performance.sla': 'Все измеренные ответы укладываются в обещанное.',
  'checkSays.performance.sla_in_days': 'Ни одно обещание не будет вскоре нарушено.',
  'checkSays.resources.cache_hits': 'Большинство блоков находится в памяти.',
  'checkSays.resources.duplicate_indexes': 'Ни один индекс не повторяет другой.',
  'checkSays.resources.missing_indexes': 'Ни один внешний ключ большой таблицы не заставляет при удалении читать её целиком.',
  'checkSays.resources.unused_indexes': 'Каждый индекс используется.',
  'checkSays.statistics.agent_default_partition': 'Каждая строка активности операторов лежит в секции своего месяца.',
  'checkSays.statistics.agent_next_partition': 'Секции активности операторов за этот и следующий месяц созданы.',
  'checkSays.statistics.default_partition': 'Каждая строка лежит в секции своего месяца.',
  'checkSays.statistics.next_partition': 'Секции этого и следующего месяца созданы.',
  'checkSays.statistics.refresh_lag': 'Изменённые часы вскоре сводятся в итоги; ответы и до того точны, но медленнее.',
  'checkSays.storage.dead_rows': 'Автоочистка справляется с мёртвыми строками.',
  'checkSays.storage.disk_free': 'На диске есть место.',
  'checkSays.storage.disk_full_in_days': 'При нынешнем росте места на диске хватит на месяцы.',
  'checkSays.storage.invalid_indexes': 'Каждый индекс исправен.',
  'checkSays.storage.sequences': 'Последовательности далеки от своего конца.',
  'checkSays.storage.transaction_ids': 'Старые номера транзакций замораживаются задолго до того, как кончатся новые.',
  'checkAdvice.backup.scheduled':
    'Причина указана выше: освободите место на диске, задайте другую папку в настройке `backup` или исправьте то, о чём там сказано; затем сделайте копию сейчас.',
  'checkAdvice.backup.verified_age':
    'Сделайте резервную копию и проверьте её; если её должно было сделать ночное задание, журнал сервера говорит, почему этого не случилось.',
  'checkAdvice.connections.blocked': 'Выше сказано, кто кого ждёт. Дайте тому, кто держит блокировку, закончить или прервите его сеанс.',
  'checkAdvice.connections.full_in_days': 'Уменьшите `QH_POOL_MAX` экземпляров или увеличьте `max_connections`, пока этот день не настал.',
  'checkAdvice.connections.oldest_transaction': 'Старая транзакция не даёт убирать мёртвые строки. Выясните, чья она, и завершите её.',
  'checkAdvice.connections.used':
    'Закройте соединения, которыми никто не пользуется, уменьшите `QH_POOL_MAX` экземпляров или увеличьте `max_connections`.',
  'checkAdvice.data.freshness': 'Импортируйте или передайте последние показатели; если они приходят сами, проверьте источник.',
  'checkAdvice.data.retention': 'Правило объявляет и с назначенного дня применяет ночное задание; оно не запускалось, или этот день ещё не настал.',
  'checkAdvice.jobs.failed': 'Причина указана в журнале сервера.',
  'checkAdvice.jobs.failed_imports': 'Прочитайте причину, исправьте файл и импортируйте его снова.',
  'checkAdvice.jobs.waiting': 'Задания никто не выполняет, или одно из них занимает всё время. Посмотрите на сервер и его журнал.',
  'checkAdvice.partitions.pruning': 'Условие на `interval_start_time` должно быть простым сравнением с моментом времени.',
  'checkAdvice.performance.sla': 'Повторите измерение; если ничего не изменится, посмотрите на самые медленные запросы.',
  'checkAdvice.performance.sla_in_days': 'Ответы замедляются день ото дня. Ищите, что выросло: таблицы, секции, запросы.',
  'checkAdvice.resources.cache_hits':
    'Рабочие данные не помещаются в память: увеличьте `shared_buffers` или найдите запросы, которые читают слишком много.',
  'checkAdvice.resources.duplicate_indexes': 'Удалите названный индекс; другой отвечает на те же запросы.',
  'checkAdvice.resources.missing_indexes': 'Создайте индекс; план показывает, что читается без него (целиком его выводит `quality.missing_indexes`).',
  'checkAdvice.resources.unused_indexes':
    'Индекс, который никто не читает, замедляет каждую запись. Удалите его, если только он не нужен отчёту, который строят раз в месяц.',
  'checkAdvice.statistics.agent_default_partition': 'Пришёл месяц, для которого не было секции. Создайте её; строки перейдут в неё.',
  'checkAdvice.statistics.agent_next_partition':
    'Ежедневное задание создаёт их на два месяца вперёд; оно не запускалось или завершилось сбоем. Строки, пришедшие тем временем, лежат в секции по умолчанию.',
  'checkAdvice.statistics.default_partition': 'Пришёл месяц, для которого не было секции. Создайте её; строки перейдут в неё.',
  'checkAdvice.statistics.next_partition':
    'Ежедневное задание создаёт их на два месяца вперёд; оно не запускалось или завершилось сбоем. Строки, пришедшие тем временем, лежат в секции по умолчанию.',
  'checkAdvice.statistics.refresh_lag':
    'Задание, которое сводит итоги, не успевает или не запускается. Сведите их сейчас и посмотрите журнал сервера.',
  'checkAdvice.storage.dead_rows':
    'Из-за мёртвых строк таблицы растут, а чтение замедляется. Очистите таблицу и найдите старую транзакцию, которая мешает автоочистке.',
  'checkAdvice.storage.disk_free':
    'Заполненный диск остановит базу данных. Освободите место сейчас: перенесите другие файлы или удалите старые подробные данные по правилу хранения.',
  'checkAdvice.storage.disk_full_in_days':
    'Освободите место, перейдите на диск побольше или удалите старые подробные данные по правилу хранения (предпросмотр говорит, сколько это освободит).',
  'checkAdvice.storage.invalid_indexes':
    'Индекс, построенный не до конца, замедляет каждую запись и не помогает ни одному запросу. Постройте его заново.',
  'checkAdvice.storage.sequences': 'Смените тип столбца на `bigint`, пока последовательность не исчерпана; после этого новые строки не добавятся.',
  'checkAdvice.storage.transaction_ids':
    'Автоочистка не успевает, или её останавливает старая транзакция. При 100 процентах сервер перестаёт принимать записи.',
} as const;
