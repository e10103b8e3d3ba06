namespace Dwapi.ActorRuntime.Tests.Reminders;

public interface IForgetfulGrain : IGrainWithStringKey
{
    Task Register();
}
