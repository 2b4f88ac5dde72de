//! Every column type comes back as it went in, on both engines.

use store::{Error, Store, Value, params};

store::on_both_engines! {
    async fn values_come_back_as_they_went_in(store: Store) {
        store
            .write(|tx| {
                tx.execute("CREATE TABLE samples (a TEXT, b BIGINT, c DOUBLE PRECISION, d BYTEA)", &[])?;
                tx.execute(
                    "INSERT INTO samples (a, b, c, d) VALUES ($1, $2, $3, $4)",
                    params!["噪音 Nykøbing", i64::MIN, 0.5, vec![0_u8, 255]],
                )?;
                tx.execute(
                    "INSERT INTO samples (a, b, c, d) VALUES ($1, $2, $3, $4)",
                    &[Value::Null, Value::Null, Value::Null, Value::Null],
                )
            })
            .await
            .unwrap();
        let rows = store.read(|tx| tx.query("SELECT a, b, c, d FROM samples ORDER BY b", &[])).await.unwrap();
        let full = rows.iter().find(|row| row.0[0] != Value::Null).unwrap();
        assert_eq!(full.get::<String>(0).unwrap(), "噪音 Nykøbing");
        assert_eq!(full.get::<i64>(1).unwrap(), i64::MIN);
        assert!((full.get::<f64>(2).unwrap() - 0.5).abs() < f64::EPSILON);
        assert_eq!(full.get::<Vec<u8>>(3).unwrap(), [0, 255]);
        let empty = rows.iter().find(|row| row.0[0] == Value::Null).unwrap();
        assert_eq!(empty.get::<Option<String>>(0).unwrap(), None);
        assert!(matches!(empty.get::<i64>(1), Err(Error::Broken(_))));
    }

    async fn a_portable_query_gives_portable_types(store: Store) {
        let row = store
            .read(|tx| {
                tx.one(
                    "SELECT count(*), CAST(coalesce(sum(value), 0) AS BIGINT), CAST(1 AS DOUBLE PRECISION) \
                     FROM counters WHERE name IS NOT DISTINCT FROM $1 LIMIT $2",
                    params![Value::Null, 10_i64],
                )
            })
            .await
            .unwrap();
        assert_eq!((row.get::<i64>(0).unwrap(), row.get::<i64>(1).unwrap()), (0, 0));
        assert!((row.get::<f64>(2).unwrap() - 1.0).abs() < f64::EPSILON);
    }
}
