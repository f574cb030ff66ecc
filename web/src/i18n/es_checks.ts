import type { ruChecks } from './ru_checks.ts';

export const esChecks: Record<keyof typeof ruChecks, string> = {
  'checkSays.backup.scheduled': 'La última copia de seguridad programada se hizo y se verificó.',
  'checkSays.backup.verified_age': 'La última copia de seguridad que se restauró y se comparó es reciente.',
  'checkSays.connections.blocked': 'Nadie espera un bloqueo más de cinco segundos.',
  'checkSays.connections.full_in_days': 'Con el crecimiento actual hay conexiones para meses.',
  'checkSays.connections.oldest_transaction': 'Ninguna transacción de esta base de datos queda abierta mucho tiempo.',
  'checkSays.connections.used': 'Al servidor le quedan conexiones.',
  'checkSays.data.freshness': 'Las cifras más nuevas son recientes.',
  'checkSays.data.retention': 'El detalle que la política ya no guarda está eliminado.',
  'checkSays.jobs.failed': 'Ninguna tarea falló definitivamente en el último día.',
  'checkSays.jobs.failed_imports': 'Ninguna importación falló en el último día.',
  'checkSays.jobs.waiting': 'Las tareas empiezan poco después de su hora.',
  'checkSays.partitions.pruning': 'Una consulta sobre un día lee solo las particiones de ese día.',
  'checkSays.performance.sla': 'Cada respuesta medida cumple lo prometido.',
  'checkSays.performance.sla_in_days': 'Ninguna promesa va a incumplirse pronto.',
  'checkSays.resources.cache_hits': 'La mayoría de los bloques se encuentra en memoria.',
  'checkSays.resources.duplicate_indexes': 'Ningún índice repite otro.',
  'checkSays.resources.missing_indexes': 'Ninguna clave ajena de una tabla grande obliga a leerla entera al borrar.',
  'checkSays.resources.unused_indexes': 'Todos los índices se usan.',
  'checkSays.statistics.agent_default_partition': 'Cada fila de actividad de agentes está en la partición de su mes.',
  'checkSays.statistics.agent_next_partition': 'Existen las particiones de actividad de agentes de este mes y del siguiente.',
  'checkSays.statistics.default_partition': 'Cada fila está en la partición de su mes.',
  'checkSays.statistics.next_partition': 'Existen las particiones de este mes y del siguiente.',
  'checkSays.statistics.refresh_lag': 'Las horas modificadas se resumen pronto; las respuestas son exactas también antes, pero más lentas.',
  'checkSays.storage.dead_rows': 'El autovacío da abasto con las filas muertas.',
  'checkSays.storage.disk_free': 'Hay sitio en el disco.',
  'checkSays.storage.disk_full_in_days': 'Con el crecimiento actual hay disco para meses.',
  'checkSays.storage.invalid_indexes': 'Todos los índices son válidos.',
  'checkSays.storage.sequences': 'Las secuencias están lejos de su final.',
  'checkSays.storage.transaction_ids': 'Los identificadores de transacción antiguos se congelan mucho antes de que se agoten.',
  'checkAdvice.backup.scheduled':
    'La causa está arriba: haga sitio en el disco, indique otra carpeta en el ajuste `backup` o corrija lo que dice; después haga una copia ahora.',
  'checkAdvice.backup.verified_age':
    'Haga una copia de seguridad y verifíquela; si debía hacerla la tarea nocturna, el registro del servidor dice por qué no la hizo.',
  'checkAdvice.connections.blocked': 'Arriba dice quién espera a quién. Deje terminar al que bloquea o ponga fin a su sesión.',
  'checkAdvice.connections.full_in_days': 'Reduzca `QH_POOL_MAX` de las instancias o aumente `max_connections` antes de que llegue ese día.',
  'checkAdvice.connections.oldest_transaction': 'Una transacción antigua impide limpiar las filas muertas. Averigüe de quién es y póngale fin.',
  'checkAdvice.connections.used': 'Cierre las conexiones que nadie usa, reduzca `QH_POOL_MAX` de las instancias o aumente `max_connections`.',
  'checkAdvice.data.freshness': 'Importe o envíe las cifras más nuevas; si llegan solas, mire la fuente.',
  'checkAdvice.data.retention': 'La tarea nocturna anuncia la política y la aplica desde su día; no se ejecutó, o ese día aún no ha llegado.',
  'checkAdvice.jobs.failed': 'La causa está en el registro del servidor.',
  'checkAdvice.jobs.failed_imports': 'Lea la causa, corrija el archivo e impórtelo de nuevo.',
  'checkAdvice.jobs.waiting': 'Ningún proceso ejecuta las tareas, o una de ellas ocupa todo el tiempo. Mire el servidor y su registro.',
  'checkAdvice.partitions.pruning': 'La condición sobre `interval_start_time` debe ser una simple comparación con un momento.',
  'checkAdvice.performance.sla': 'Repita la medición; si sigue igual, mire las consultas más lentas.',
  'checkAdvice.performance.sla_in_days': 'Cada día responde más despacio. Busque qué ha crecido: tablas, particiones, consultas.',
  'checkAdvice.resources.cache_hits': 'Los datos de trabajo no caben en memoria: aumente `shared_buffers` o busque consultas que leen demasiado.',
  'checkAdvice.resources.duplicate_indexes': 'Elimine el que se nombra; el otro responde a las mismas consultas.',
  'checkAdvice.resources.missing_indexes': 'Cree el índice; el plan muestra lo que se lee sin él (entero lo muestra `quality.missing_indexes`).',
  'checkAdvice.resources.unused_indexes':
    'Un índice que nadie lee encarece cada escritura. Elimínelo, salvo que sirva a un informe que se hace una vez al mes.',
  'checkAdvice.statistics.agent_default_partition': 'Llegó un mes que no tenía partición. Créela; las filas pasan a ella.',
  'checkAdvice.statistics.agent_next_partition':
    'La tarea diaria las crea con dos meses de antelación; no se ejecutó o falló. Las filas que lleguen entretanto están en la partición por defecto.',
  'checkAdvice.statistics.default_partition': 'Llegó un mes que no tenía partición. Créela; las filas pasan a ella.',
  'checkAdvice.statistics.next_partition':
    'La tarea diaria las crea con dos meses de antelación; no se ejecutó o falló. Las filas que lleguen entretanto están en la partición por defecto.',
  'checkAdvice.statistics.refresh_lag': 'La tarea que resume no da abasto o no se ejecuta. Resuma ahora y mire el registro del servidor.',
  'checkAdvice.storage.dead_rows':
    'Las filas muertas hacen crecer las tablas y frenan las lecturas. Limpie, y busque una transacción antigua que detenga el autovacío.',
  'checkAdvice.storage.disk_free':
    'Un disco lleno detiene la base de datos. Haga sitio ahora: lleve otros archivos a otra parte o elimine detalle antiguo con la política de retención.',
  'checkAdvice.storage.disk_full_in_days':
    'Haga sitio, pase a un disco mayor o elimine detalle antiguo con la política de retención (su vista previa dice cuánto libera).',
  'checkAdvice.storage.invalid_indexes':
    'Un índice que no se terminó de construir encarece cada escritura y no ayuda a ninguna consulta. Constrúyalo de nuevo.',
  'checkAdvice.storage.sequences': 'Cambie la columna a `bigint` antes de que se agote la secuencia; después fallan las inserciones.',
  'checkAdvice.storage.transaction_ids':
    'El autovacío no da abasto o una transacción antigua lo detiene. Al 100 por ciento el servidor no admite escrituras.',
};
