using Dwapi.Actors.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>One tick of a reminder, as a call of the grain.</summary>
internal sealed class ReminderCall(string name, TickStatus status) : ActorCall(ReceiveReminder)
{
    private static readonly ActorMethod ReceiveReminder = new(typeof(IRemindable), nameof(IRemindable.ReceiveReminder),
        ActorMethodOptions.None, null, typeof(string), typeof(TickStatus));

    public override int ArgumentCount => 2;

    public override object? GetArgument(int index) => index == 0 ? name : status;

    public override Task Invoke(object target, CancellationToken cancellationToken) => ((IRemindable)target).ReceiveReminder(name, status);
}
