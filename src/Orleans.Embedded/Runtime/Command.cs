using Orleans;

namespace Dwapi.Actors.Runtime;

/// <summary>Work of an activation on itself.</summary>
internal sealed record Command(CommandKind Kind, DeactivationReason Reason = default)
{
    public static readonly Command FinishDeactivation = new(CommandKind.FinishDeactivation);
    public static readonly Command CollectIfIdle = new(CommandKind.CollectIfIdle);
}
