//! Times the crate that homeobox packs with, on one core: chunks of 40,960 integers, decoded plain and with deltas.
//! Prints one line a width: width, median and fastest G integers/s plain, the same with deltas.

use bitpacking::{BitPacker, BitPacker4x};
use std::hint::black_box;
use std::time::Instant;

const CHUNK: usize = 40_960;
const CALLS: usize = 20_000;

/// Words of which every block has exactly the width.
fn words(width: u32) -> Vec<u32> {
    let mut state = u64::from(width) + 1;
    (0..CHUNK)
        .map(|i| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let highest = if i % BitPacker4x::BLOCK_LEN == 0 { 1 << (width - 1) } else { 0 };
            (state >> 32) as u32 >> (32 - width) | highest
        })
        .collect()
}

/// Median and fastest G integers/s of many single calls.
fn speed(mut decode: impl FnMut()) -> (f64, f64) {
    let mut nanos: Vec<u128> = (0..CALLS)
        .map(|_| {
            let start = Instant::now();
            decode();
            start.elapsed().as_nanos()
        })
        .collect();
    nanos.sort_unstable();
    (CHUNK as f64 / nanos[CALLS / 2] as f64, CHUNK as f64 / nanos[0] as f64)
}

fn main() {
    let packer = BitPacker4x::new();
    let mut out = vec![0u32; CHUNK];
    for width in 1..=32u32 {
        let words = words(width);
        let size = BitPacker4x::BLOCK_LEN * width as usize / 8;
        let mut packed = vec![0u8; CHUNK / BitPacker4x::BLOCK_LEN * size];
        for (block, bytes) in words.chunks(BitPacker4x::BLOCK_LEN).zip(packed.chunks_mut(size)) {
            packer.compress(block, bytes, width as u8);
        }
        let plain = speed(|| {
            for (block, bytes) in out.chunks_mut(BitPacker4x::BLOCK_LEN).zip(packed.chunks(size)) {
                packer.decompress(bytes, block, width as u8);
            }
            black_box(&out);
        });
        let delta = speed(|| {
            let mut last = 0;
            for (block, bytes) in out.chunks_mut(BitPacker4x::BLOCK_LEN).zip(packed.chunks(size)) {
                packer.decompress_sorted(last, bytes, block, width as u8);
                last = block[BitPacker4x::BLOCK_LEN - 1];
            }
            black_box(&out);
        });
        println!("{width} {:.2} {:.2} {:.2} {:.2}", plain.0, plain.1, delta.0, delta.1);
    }
}
