using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <inheritdoc />
internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => Activation.Current!;
}
