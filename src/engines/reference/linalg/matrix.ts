/** A matrix of float64 numbers, row by row. */
export class Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;

  constructor(rows: number, columns: number, data = new Float64Array(rows * columns)) {
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  static identity(size: number): Matrix {
    const matrix = new Matrix(size, size);
    for (let i = 0; i < size; i++) matrix.set(i, i, 1);
    return matrix;
  }

  at(row: number, column: number): number {
    return this.data[row * this.columns + column]!;
  }

  set(row: number, column: number, value: number): void {
    this.data[row * this.columns + column] = value;
  }

  copy(): Matrix {
    return new Matrix(this.rows, this.columns, this.data.slice());
  }

  transposed(): Matrix {
    const matrix = new Matrix(this.columns, this.rows);
    for (let i = 0; i < this.rows; i++)
      for (let j = 0; j < this.columns; j++) matrix.set(j, i, this.at(i, j));
    return matrix;
  }

  /** Some columns, in this order. */
  columnsAt(columns: readonly number[]): Matrix {
    const matrix = new Matrix(this.rows, columns.length);
    for (let i = 0; i < this.rows; i++) {
      for (const [to, from] of columns.entries()) matrix.set(i, to, this.at(i, from));
    }
    return matrix;
  }
}

/** The length of a vector; of a matrix its Frobenius norm. */
export function lengthOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number * number;
  return Math.sqrt(sum);
}
