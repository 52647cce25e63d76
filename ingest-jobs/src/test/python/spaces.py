"""The feature spaces of the reference atlas custom_space, which are not built into homeobox."""

import numpy as np
from homeobox.codecs import BitpackingCodec
from homeobox.group_specs import ArraySpec, FeatureSpaceSpec, LayersSpec, ZarrGroupSpec, register_spec
from homeobox.pointer_types import DenseZarrPointer, SparseZarrPointer
from homeobox.reconstruction import DenseFeatureReconstructor, SparseCSRReconstructor, endpoint


class Sparse(SparseCSRReconstructor):
    as_anndata = endpoint(SparseCSRReconstructor.as_anndata)


def layer(name, dtype, **options):
    return ArraySpec(array_name=name, ndim=1, allowed_dtypes=[dtype], **options)


def register():
    packed = BitpackingCodec(transform="none", element_size=8)
    unique = layer("Unique", np.uint64, compressors=packed)
    register_spec(
        FeatureSpaceSpec(
            feature_space="long_counts",
            pointer_type=SparseZarrPointer,
            has_var_df=True,
            reconstructor=Sparse(),
            zarr_group_spec=ZarrGroupSpec(
                required_arrays=[layer("csr/indices", np.uint64, compressors=packed)],
                layers=LayersSpec(
                    prefix="csr",
                    match_shape_of="csr/indices",
                    required=[unique],
                    allowed=[unique, layer("UniqueAndMult-EM", np.float32), layer("positions", np.uint64, compressors=packed)],
                ),
            ),
        )
    )
    lognorm = ArraySpec(array_name="log_normalized", ndim=2, allowed_dtypes=[np.float32])
    register_spec(
        FeatureSpaceSpec(
            feature_space="lognorm_rna",
            pointer_type=DenseZarrPointer,
            has_var_df=True,
            reconstructor=DenseFeatureReconstructor(),
            zarr_group_spec=ZarrGroupSpec(layers=LayersSpec(required=[lognorm])),
        )
    )
