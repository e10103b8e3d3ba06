namespace Dwapi.ActorRuntime.Tests.Reminders;

/// <summary>A grain that is not IRemindable.</summary>
public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task Register() => this.RegisterOrUpdateReminder("x", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
}
